//! Packed copies beside the files of the built site: a server that knows of them sends them as they are, packed better than
//! it would pack them itself for each visitor.

use crate::place;
use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write;

/// What gets smaller when it is packed. Pictures are packed already.
const PACKED: [&str; 9] = ["html", "css", "js", "wasm", "svg", "json", "xml", "webmanifest", "txt"];
/// Smaller files fit into the first packet as they are, bytes.
const LEAST: usize = 1_000;

/// Writes `.br` and `.gz` beside each file that gets smaller by it.
pub fn pack() -> Result<()> {
    let mut packed = 0;
    for path in place::files_under(&place::dist())? {
        let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default().to_owned();
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if bytes.len() < LEAST || !PACKED.contains(&&*extension) {
            continue;
        }
        for (suffix, copy) in [("br", brotli(&bytes)?), ("gz", gzip(&bytes)?)] {
            let beside = path.with_extension(format!("{extension}.{suffix}"));
            fs::write(&beside, copy).with_context(|| format!("cannot write {}", beside.display()))?;
        }
        packed += 1;
    }
    println!("{packed} files have packed copies beside them (.br, .gz)");
    Ok(())
}

/// Packed as well as brotli can.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let best = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &best)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
