//! Colours of codes: legible on white and easily told apart.
//!
//! Programs draw stripes and words in the colours of codes, and some replace them with the nearest ones of their own palette. The first
//! colours are chosen so that these differ too.

/// Chosen one after the other, each as far as possible from those before it, for normal and for red-green colour-blind vision.
const CHOSEN: [&str; 40] = [
    "#0072B2", "#B34700", "#0000FF", "#E10F87", "#004B0F", "#3C69FF", "#5A0F5A", "#96694B", "#4B0096",
    "#B400E1", "#B44BA5", "#A5001E", "#1E7878", "#787800", "#963C5A", "#785AC3", "#E10000", "#E10F5A",
    "#B44B4B", "#B43CC3", "#874BFF", "#00870F", "#5A1E00", "#002D78", "#0F3C5A", "#00875A", "#1E00C3",
    "#694B00", "#003CB4", "#0069D2", "#780F87", "#004B3C", "#4B782D", "#4B7896", "#960069", "#8700FF",
    "#69001E", "#A56900", "#D200A5", "#964B1E",
];

/// A colour for the code with this index, `#RRGGBB`: legible on white (WCAG 2.1 contrast of at least 4.45), and another one for each
/// of the first 300 indices.
///
/// ```
/// assert_eq!(refi_qda::distinct_color(0), "#0072B2");
/// ```
pub fn distinct_color(index: usize) -> String {
    match CHOSEN.get(index) {
        Some(color) => (*color).to_owned(),
        None => made(index - CHOSEN.len()),
    }
}

/// A colour beyond the chosen ones: hues advance by the golden angle, lightness and saturation take turns.
fn made(number: usize) -> String {
    let hue = number.wrapping_mul(137_508) / 1000 % 360;
    // Yellows and greens are legible on white only when darker.
    let lightness = [30, 24, 36][number % 3] * if (30..=195).contains(&hue) { 70 } else { 100 } / 100;
    let saturation = [95, 60, 78][number / 3 % 3];
    let [red, green, blue] = from_hue(hue, saturation, lightness);
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// Red, green and blue, 0 to 255, of a hue in degrees and of saturation and lightness in percent. In whole numbers, so that the result is
/// the same on every machine.
fn from_hue(hue: usize, saturation: usize, lightness: usize) -> [usize; 3] {
    // In 10,000ths: the range between the least and the most of the three.
    let range = saturation * if lightness <= 50 { 2 * lightness } else { 200 - 2 * lightness };
    let least = lightness * 100 - range / 2;
    let rising = range * (60 - (hue % 120).abs_diff(60)) / 60;
    let (most, between) = (least + range, least + rising);
    let parts = match hue / 60 {
        0 => [most, between, least],
        1 => [between, most, least],
        2 => [least, most, between],
        3 => [least, between, most],
        4 => [between, least, most],
        _ => [most, least, between],
    };
    parts.map(|part| (part * 255 + 5_000) / 10_000)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use libm::pow;

    /// The contrast with white that WCAG 2.1 defines, 1 to 21.
    fn contrast_with_white(color: &str) -> f64 {
        let part = |at: usize| f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
        let linear =
            |part: f64| if part <= 0.039_28 { part / 12.92 } else { pow((part + 0.055) / 1.055, 2.4) };
        let luminance = 0.2126 * linear(part(1)) + 0.7152 * linear(part(3)) + 0.0722 * linear(part(5));
        1.05 / (luminance + 0.05)
    }

    #[test]
    fn every_colour_is_read_on_white_and_none_comes_twice() {
        let colors: Vec<String> = (0..300).map(distinct_color).collect();
        for color in &colors {
            assert!(contrast_with_white(color) >= 4.45, "{color}: {}", contrast_with_white(color));
        }
        assert_eq!(colors.iter().collect::<BTreeSet<_>>().len(), colors.len());
        assert_eq!(from_hue(0, 100, 50), [255, 0, 0]);
        assert_eq!(from_hue(200, 50, 40), [51, 119, 153]);
    }
}
