//! ModernBERT (Warner et al. 2024): normalization before each block, rotary positions, and gated feed-forward blocks. Most layers see
//! nearby tokens only. Also the models that are trained from it, such as Granite Embedding R2.

use serde_json::{Map, Value};

use super::{Description, Keys, Network, Padding, PreNormTensors};
use crate::native::config::{Activation, LayerPositions, PreNormConfig};

pub(super) const DESCRIPTION: Description =
    Description { keys: KEYS, network: Network::PreNorm(TENSORS), padding: Padding::Apart };

const KEYS: Keys = Keys {
    width: "hidden_size",
    layers: "num_hidden_layers",
    heads: "num_attention_heads",
    inner_width: "intermediate_size",
    kinds: None,
    activation: "hidden_activation",
    epsilon: Some("norm_eps"),
    usual_epsilon: 1e-5,
};

const TENSORS: PreNormTensors = PreNormTensors {
    prefix: "model.",
    words: "embeddings.tok_embeddings.weight",
    norm: "embeddings.norm",
    layer: "layers",
    attention_norm: "attn_norm",
    projections: "attn.Wqkv",
    attended: "attn.Wo",
    feed_forward_norm: "mlp_norm",
    widen: "mlp.Wi",
    narrow: "mlp.Wo",
    final_norm: "final_norm",
};

/// Base of the angles in layers that see everything, and in those that see a window, unless config.json says otherwise.
const THETAS: [f64; 2] = [160_000.0, 10_000.0];
/// Tokens of a window in all, and how often a layer sees everything.
const WINDOW: u64 = 128;
const EVERY: u64 = 3;

/// What config.json says of a network of so many layers besides its sizes.
///
/// # Errors
/// When it says something that is not supported.
pub(in crate::native) fn settings(said: &Map<String, Value>, layers: usize) -> Result<PreNormConfig, String> {
    let flag = |key: &str| said.get(key).is_some_and(|flag| *flag == true);
    let is_silu = said.get(KEYS.activation).is_some_and(|name| *name == "silu");
    Ok(PreNormConfig {
        layers: positions(said, layers)?,
        activation: if is_silu { Activation::Silu } else { Activation::Gelu },
        attention_bias: flag("attention_bias"),
        feed_forward_bias: flag("mlp_bias"),
        norm_bias: flag("norm_bias"),
    })
}

/// The positions of each layer, from config.json: in the older form a base of angles for each kind and every how many layers sees
/// everything, in the newer one a list of kinds.
///
/// # Errors
/// When a layer is of another kind, or angles are scaled.
fn positions(said: &Map<String, Value>, layers: usize) -> Result<Vec<LayerPositions>, String> {
    let known = |key: &str| said.get(key).filter(|value| !value.is_null());
    if known("rope_scaling").is_some() {
        return Err("scaled rotary positions are not supported".to_owned());
    }
    let theta = |kind: &str, older: &str, usual: f64| -> Result<f64, String> {
        let newer = known("rope_parameters").and_then(|all| all.get(kind));
        if let Some(scaling) = newer.and_then(|one| one.get("rope_type")).filter(|way| **way != "default") {
            return Err(format!("rotary positions of type {scaling} are not supported"));
        }
        let value = newer.and_then(|one| one.get("rope_theta")).or_else(|| known(older));
        let theta = value.map_or(Some(usual), Value::as_f64);
        theta.filter(|theta| *theta > 0.0).ok_or_else(|| format!("{older} is no positive number"))
    };
    let everywhere = theta("full_attention", "global_rope_theta", THETAS[0])?;
    let usual = if said.contains_key("local_rope_theta") && known("local_rope_theta").is_none() {
        everywhere
    } else {
        THETAS[1]
    };
    let nearby = theta("sliding_attention", "local_rope_theta", usual)?;
    let number =
        |key: &str, usual: u64| known(key).map_or(Some(usual), Value::as_u64).filter(|number| *number > 0);
    let window = number("local_attention", WINDOW).ok_or("local_attention is no number of tokens")?;
    let every = number("global_attn_every_n_layers", EVERY)
        .ok_or("global_attn_every_n_layers is no number of layers")?;
    let listed = known("layer_types").and_then(Value::as_array);
    let of_layer = |index: usize| {
        let sees_all = match listed.and_then(|kinds| kinds.get(index)) {
            Some(kind) if *kind == "full_attention" => true,
            Some(kind) if *kind == "sliding_attention" => false,
            Some(kind) => return Err(format!("layers with {kind} are not supported")),
            None => (index as u64).is_multiple_of(every),
        };
        let reach = usize::try_from(window / 2).unwrap_or(usize::MAX);
        Ok(if sees_all {
            LayerPositions { theta: everywhere, window: None }
        } else {
            LayerPositions { theta: nearby, window: Some(reach) }
        })
    };
    (0..layers).map(of_layer).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::positions;

    fn of(said: Value) -> String {
        let Value::Object(said) = said else { return String::new() };
        match positions(&said, 4) {
            Ok(layers) => layers
                .iter()
                .map(|layer| {
                    layer
                        .window
                        .map_or(format!("all {}", layer.theta), |reach| format!("{reach} {}", layer.theta))
                })
                .collect::<Vec<_>>()
                .join(", "),
            Err(reason) => reason,
        }
    }

    #[test]
    fn both_forms_of_config_say_the_same() {
        let usual = "all 160000, 64 10000, 64 10000, all 160000";
        assert_eq!(of(json!({})), usual);
        assert_eq!(
            of(
                json!({ "global_rope_theta": 160_000.0, "local_rope_theta": 10_000.0, "global_attn_every_n_layers": 3, "local_attention": 128 })
            ),
            usual
        );
        let newer = json!({
            "layer_types": ["full_attention", "sliding_attention", "sliding_attention", "full_attention"],
            "rope_parameters": { "full_attention": { "rope_theta": 160_000.0, "rope_type": "default" }, "sliding_attention": { "rope_theta": 10_000.0 } },
        });
        assert_eq!(of(newer), usual);
        assert_eq!(
            of(json!({ "local_rope_theta": null, "global_attn_every_n_layers": 2, "local_attention": 16 })),
            "all 160000, 8 160000, all 160000, 8 160000"
        );
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert_eq!(
            of(json!({ "layer_types": ["chunked_attention"] })),
            "layers with \"chunked_attention\" are not supported"
        );
        assert_eq!(
            of(json!({ "rope_scaling": { "type": "yarn" } })),
            "scaled rotary positions are not supported"
        );
        assert_eq!(
            of(json!({ "rope_parameters": { "full_attention": { "rope_type": "yarn" } } })),
            "rotary positions of type \"yarn\" are not supported"
        );
        assert_eq!(of(json!({ "local_attention": 0 })), "local_attention is no number of tokens");
    }
}
