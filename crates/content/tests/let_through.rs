//! What would happen if the compiler accepted a program that it rejects: the unsafe twin, and Miri's word on it.

use crate::support::Workshop;
use content::pack::pack;
use quiz::catalog::{Catalog, Pack};
use quiz::json;
use quiz::problem::Problem;
use quiz::verdict::Verdict;

fn packed() -> Vec<Problem> {
    let workshop = Workshop::with("let-through");
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", report.render(false));
    assert!(workshop.verify().is_ok());
    let packed = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap();
    let read = |address: &str| std::fs::read_to_string(workshop.packs().join(address)).unwrap();
    let catalog: Catalog = json::read(&read(&packed.catalog)).unwrap();
    let packs = catalog.packs().map(|pack| pack.address.strip_prefix("packs/").unwrap());
    packs.flat_map(|pack| json::read::<Pack>(&read(pack)).unwrap().problems).collect()
}

#[test]
fn the_twin_stands_in_its_words_with_the_verdict_of_miri() {
    let problems = packed();
    assert_eq!(problems.len(), 2);
    for problem in &problems {
        assert!(matches!(problem.main_program().unwrap().verdict, Verdict::Error { .. }));
        let prose = problem.let_through.as_ref().unwrap();
        assert!(prose.words().contains("Growing the vector"));
        let [twin] = prose.programs()[..] else { panic!("one program expected") };
        let Verdict::Undefined { line: 5, message, rendered } = &problem.programs[twin].verdict else { panic!() };
        assert!(message.contains("dangling") && rendered.contains("unsafe {"), "{rendered}");
    }
}

#[test]
fn words_may_follow_the_twin() {
    let problems = packed();
    let prose = problems.iter().find_map(|problem| problem.let_through.as_ref().filter(|prose| prose.0.len() > 2));
    assert!(prose.unwrap().words().contains("anybody's guess"));
}
