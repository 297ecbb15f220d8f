//! What holds for every method, and for spherical k-means beside a plain one.

use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use ndarray::{Array1, Array2, ArrayView2, s};
use proptest::prelude::*;

use super::planted::{planted, same_partition};
use super::*;
use crate::results::NoProgress;
use same_bits::products::{dot, norm};

fn plan(method: MethodChoice, clusters: usize) -> ClusterPlan {
    ClusterPlan { method, count: ClusterCount::Exactly(clusters), ..ClusterPlan::default() }
}

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

#[test]
fn planted_clusters_are_recovered_by_every_method() {
    let (vectors, belongs) = planted(600, 32, 6, 0.4, 7);
    for method in [MethodChoice::SphericalKMeans, MethodChoice::KMeans, MethodChoice::GaussianMixture] {
        let found = cluster(vectors.view(), &plan(method, 6), 7, &NoProgress).unwrap();
        assert!(same_partition(&found.cluster_of, &belongs), "{method}");
        assert_eq!(found.centres.dim(), (6, 32));
    }
}

#[test]
fn the_default_plan_finds_the_planted_number_too() {
    let (vectors, belongs) = planted(900, 32, 10, 0.7, 3);
    let found = cluster(vectors.view(), &ClusterPlan::default(), 7, &NoProgress).unwrap();
    assert!(same_partition(&found.cluster_of, &belongs));
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    // Hard to tell apart, so that many rows lie between centres.
    let (vectors, _) = planted(1500, 40, 12, 1.6, 7);
    for method in MethodChoice::ALL {
        let plan = ClusterPlan { method, ..ClusterPlan::default() };
        let one = with_threads(1, || cluster(vectors.view(), &plan, 7, &NoProgress).unwrap());
        for threads in [2, 3] {
            let more = with_threads(threads, || cluster(vectors.view(), &plan, 7, &NoProgress).unwrap());
            assert_eq!(one.cluster_of, more.cluster_of, "{method} with {threads} threads");
            let bits =
                |centres: &Array2<f32>| centres.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&one.centres), bits(&more.centres), "{method} with {threads} threads");
        }
    }
}

#[test]
fn seeds_matter_only_to_what_is_drawn() {
    let (vectors, _) = planted(500, 24, 8, 1.5, 7);
    let found =
        |seed| cluster(vectors.view(), &plan(MethodChoice::SphericalKMeans, 8), seed, &NoProgress).unwrap();
    assert_eq!(found(1), found(1));
    assert_ne!(found(1).cluster_of, found(2).cluster_of);
}

#[test]
fn more_rows_than_a_trial_takes_end_on_all_rows() {
    let (vectors, belongs) = planted(600, 32, 6, 0.4, 7);
    let model =
        SphericalKMeans::params(6).max_trial_rows(100).fit(&DatasetBase::from(vectors.view())).unwrap();
    let predicted: Array1<usize> = model.predict(&vectors);
    assert!(same_partition(&predicted.to_vec(), &belongs));
    let all = SphericalKMeans::params(6).fit(&DatasetBase::from(vectors.view())).unwrap();
    assert!((model.mean_cosine() - all.mean_cosine()).abs() < 1e-9);
}

/// Spherical k-means as the paper writes it: one row, one centre at a time, in f64.
fn plain_spherical_kmeans(vectors: ArrayView2<'_, f32>, mut centres: Array2<f64>) -> (Vec<usize>, f64) {
    let rows = vectors.mapv(f64::from);
    let mut nearest = Vec::new();
    loop {
        let mut next = Vec::new();
        for row in rows.rows() {
            let mut best = 0;
            for centre in 1..centres.nrows() {
                if dot(row, centres.row(centre)) > dot(row, centres.row(best)) {
                    best = centre;
                }
            }
            next.push(best);
        }
        if next == nearest {
            let cosines = rows.rows().into_iter().zip(&next).map(|(row, &near)| dot(row, centres.row(near)));
            let mean_cosine = cosines.sum::<f64>() / rows.nrows() as f64;
            return (next, mean_cosine);
        }
        nearest = next;
        for (number, mut centre) in centres.rows_mut().into_iter().enumerate() {
            let mut sum = Array1::<f64>::zeros(rows.ncols());
            for (row, _) in rows.rows().into_iter().zip(&nearest).filter(|(_, near)| **near == number) {
                sum += &row;
            }
            centre.assign(&(&sum / norm(sum.view())));
        }
    }
}

#[test]
fn it_agrees_with_a_plain_one_from_the_same_seeds() {
    for seed in 0..5 {
        let (vectors, _) = planted(400, 20, 7, 1.2, seed);
        let rng = same_bits::random_stream(seed, "oracle");
        let seeds = spherical_kmeans::plus_plus(vectors.view(), 7, &mut rng.clone());
        let (expected, cosine) = plain_spherical_kmeans(vectors.view(), seeds.mapv(f64::from));
        let params = SphericalKMeans::params_with_rng(7, rng).n_runs(1).tolerance(0.0).max_n_iterations(1000);
        let model = params.fit(&DatasetBase::from(vectors.view())).unwrap();
        assert_eq!(model.predict(&vectors).to_vec(), expected);
        assert!((model.mean_cosine() - cosine).abs() < 1e-6);
    }
}

/// Anything of linfa's that fits and predicts.
fn clusters_by<P, E>(params: &P, vectors: &Array2<f32>) -> Vec<usize>
where
    E: std::error::Error + From<linfa::Error>,
    P: Fit<Array2<f32>, (), E>,
    P::Object: for<'a> Predict<&'a Array2<f32>, Array1<usize>>,
{
    let dataset = DatasetBase::new(vectors.clone(), ());
    params.fit(&dataset).unwrap().predict(vectors).to_vec()
}

#[test]
fn it_stands_wherever_linfa_takes_a_clustering() {
    let (vectors, belongs) = planted(120, 16, 3, 0.3, 7);
    let ours = clusters_by::<_, SphericalKMeansError>(&SphericalKMeans::params(3), &vectors);
    let theirs =
        clusters_by::<_, linfa_clustering::KMeansError>(&linfa_clustering::KMeans::params(3), &vectors);
    assert!(same_partition(&ours, &belongs));
    assert!(same_partition(&ours, &theirs));
}

#[test]
fn fitting_nothing_is_an_error_with_a_sentence() {
    let error = SphericalKMeans::params(2).fit(&DatasetBase::from(Array2::<f32>::zeros((4, 3)))).unwrap_err();
    insta::assert_snapshot!(error, @"spherical k-means needs at least one row that is finite and not zero");
    let error = SphericalKMeans::params(0).fit(&DatasetBase::from(Array2::<f32>::ones((4, 3)))).unwrap_err();
    insta::assert_snapshot!(error, @"spherical k-means cannot start: the number of clusters cannot be 0");
    let error =
        cluster(Array2::ones((4, 3)).view(), &plan(MethodChoice::KMeans, 0), 7, &NoProgress).unwrap_err();
    insta::assert_snapshot!(error, @r#"`clusters = 0` asks for no clusters; write a number from 1, or "auto""#);
}

#[test]
fn rows_without_direction_are_in_no_cluster_and_change_nothing() {
    let (vectors, _) = planted(200, 16, 4, 0.3, 7);
    let alone = cluster(vectors.view(), &ClusterPlan::default(), 7, &NoProgress).unwrap();
    let mut odd = Array2::from_elem((203, 16), f32::NAN);
    odd.slice_mut(s![1..101, ..]).assign(&(&vectors.slice(s![..100, ..]) * 3.0));
    odd.slice_mut(s![101, ..]).fill(0.0);
    odd.slice_mut(s![102..202, ..]).assign(&vectors.slice(s![100.., ..]));
    let among = cluster(odd.view(), &ClusterPlan::default(), 7, &NoProgress).unwrap();
    assert_eq!([0, 101, 202].map(|row| among.cluster_of[row]), [None; 3]);
    let others: Vec<Option<u32>> = among.cluster_of.iter().copied().flatten().map(Some).collect();
    assert_eq!(others, alone.cluster_of);
}

/// Numbers that vectors should not hold, and many that are equal.
fn any_value() -> impl Strategy<Value = f32> {
    prop_oneof![
        Just(0.0),
        Just(1.0),
        Just(-1.0),
        -1.0..1.0_f32,
        Just(f32::NAN),
        Just(f32::INFINITY),
        Just(1e-30),
        Just(3e38)
    ]
}

fn any_vectors() -> impl Strategy<Value = Array2<f32>> {
    (0..12_usize, 0..4_usize).prop_flat_map(|(rows, dimension)| {
        prop::collection::vec(any_value(), rows * dimension)
            .prop_map(move |values| Array2::from_shape_vec((rows, dimension), values).unwrap())
    })
}

proptest! {
    #[test]
    fn every_method_behaves_on_degenerate_shapes(vectors in any_vectors(), clusters in 0..15_usize, auto: bool) {
        for method in MethodChoice::ALL {
            let count = if auto { ClusterCount::Auto } else { ClusterCount::Exactly(clusters) };
            let plan = ClusterPlan { method, count, ..ClusterPlan::default() };
            let found = match cluster(vectors.view(), &plan, 7, &NoProgress) {
                Ok(found) => found,
                Err(error) => {
                    prop_assert!(matches!(error, ClusterError::NoClusters), "{method}: {error}");
                    continue;
                }
            };
            prop_assert_eq!(found.cluster_of.len(), vectors.nrows());
            prop_assert_eq!(found.centres.ncols(), vectors.ncols());
            prop_assert!(auto || method == MethodChoice::Dbscan || found.clusters() <= clusters);
            for centre in found.centres.rows() {
                let length = centre.iter().map(|value| value * value).sum::<f32>().sqrt();
                prop_assert!((length - 1.0).abs() < 1e-3, "{method}: a centre of length {length}");
            }
            let mut sizes = vec![0_usize; found.clusters()];
            let mut first_seen = Vec::new();
            for (row, cluster) in found.cluster_of.iter().enumerate() {
                let has_direction = vectors.row(row).iter().all(|value| value.is_finite())
                    && vectors.row(row).iter().any(|&value| value != 0.0);
                prop_assert!(has_direction || cluster.is_none());
                prop_assert!(cluster.is_some() || !has_direction || method == MethodChoice::Dbscan);
                if let Some(cluster) = *cluster {
                    sizes[cluster as usize] += 1;
                    if sizes[cluster as usize] == 1 {
                        first_seen.push(cluster);
                    }
                }
            }
            prop_assert!(sizes.iter().all(|&size| size > 0));
            prop_assert!(sizes.windows(2).all(|pair| pair[0] >= pair[1]), "{method}: {sizes:?}");
            for pair in first_seen.windows(2) {
                prop_assert!(sizes[pair[0] as usize] != sizes[pair[1] as usize] || pair[0] < pair[1]);
            }
        }
    }
}
