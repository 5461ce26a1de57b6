fn main() {
    let a: Vec<String> = std::env::args().collect();
    match content::pack::pack(a[1].as_ref(), a[2].as_ref(), "packs/") {
        Ok(p) => println!("{} {:?}", p.catalog, p.files),
        Err(e) => println!("{e}"),
    }
}
