//! Page or thread?

fn main() {}
