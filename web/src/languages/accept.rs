//! The language that a browser asks for.

use super::{Language, all, first};

/// The language of an `Accept-Language` header (RFC 9110 §12.5.4) that there
/// is, by weight and then by place.
pub fn preferred(header: Option<&str>) -> &'static Language {
    let mut wishes: Vec<(f32, &str)> = header
        .unwrap_or_default()
        .split(',')
        .take(20)
        .filter_map(|wish| {
            let mut parts = wish.split(';').map(str::trim);
            let tag = parts.next().filter(|tag| !tag.is_empty())?;
            let weight = parts.find_map(|part| part.strip_prefix("q="));
            let weight = weight.map_or(Some(1.0), |weight| weight.parse().ok())?;
            Some((weight, tag))
        })
        .filter(|(weight, _)| *weight > 0.0)
        .collect();
    wishes.sort_by(|one, other| other.0.total_cmp(&one.0));
    wishes
        .iter()
        .find_map(|(_, tag)| {
            let primary = tag.split('-').next().unwrap_or_default();
            all()
                .iter()
                .find(|language| language.tag.eq_ignore_ascii_case(tag))
                .or_else(|| {
                    all()
                        .iter()
                        .find(|language| language.tag.eq_ignore_ascii_case(primary))
                })
        })
        .unwrap_or_else(|| first())
}
