//! What is read aloud: names, roles and states as the browser hands them to assistive technology, and what the page says of itself.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use e2e::accessibility_tree::{Node, Tree};
use e2e::announcements::{By, hears, listen};
use e2e::browser::Engine;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::problems::answer_marked;
use e2e::wait::until;
use quiz::answer::Answer;
use quiz::grading::Mark;
use quiz::problem::{ExpectedOutcome, Kind, Problem, Question};
use thirtyfour::Key;

/// A journey in the browser that tells its accessibility tree. In the others there is nothing to look at.
async fn tells(story: impl AsyncFnOnce(&mut Learner) -> Result<()>) -> Result<()> {
    tells_of(Journey::new(), story).await
}

async fn tells_of(journey: Journey, story: impl AsyncFnOnce(&mut Learner) -> Result<()>) -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // Only Chromium tells what it hands to assistive technology.
    }
    journey.tells(story).await
}

/// What holds of every page and every state: one first heading and no level left out below it, parts of the page that can be told
/// apart by their names, and a name for whatever can be worked.
fn reads_well(tree: &Tree) -> Result<()> {
    let page = tree.page();
    let mut above = 0;
    for heading in page.all("heading") {
        let level: usize = heading.property("level").unwrap_or_default().parse()?;
        ensure!(
            (1..=above + 1).contains(&level),
            "“{}” has level {level} after level {above} in:\n{page}",
            heading.name
        );
        ensure!(level > 1 || above == 0, "“{}” is another first heading in:\n{page}", heading.name);
        ensure!(!heading.name.is_empty(), "a heading has no name in:\n{page}");
        above = level;
    }
    ensure!(above > 0, "there is no heading in:\n{page}");
    let mut landmarks = BTreeSet::new();
    for role in ["banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"] {
        for landmark in page.all(role) {
            ensure!(landmarks.insert((role, &landmark.name)), "two of {role} “{}” in:\n{page}", landmark.name);
        }
    }
    const WORKED: [&str; 11] = [
        "button",
        "link",
        "radio",
        "checkbox",
        "tab",
        "textbox",
        "searchbox",
        "combobox",
        "slider",
        "spinbutton",
        "radiogroup",
    ];
    for part in page.parts() {
        let must_be_named = WORKED.contains(&&*part.role) || matches!(&*part.role, "image" | "progressbar");
        ensure!(!must_be_named || !part.name.is_empty(), "a {} has no name in:\n{page}", part.role);
    }
    Ok(())
}

/// The tree as it is once `fits` holds of it; the page may have to draw first.
async fn reads(learner: &Learner, fits: impl Fn(&Tree) -> Result<()>) -> Result<Tree> {
    let tree = until("what is read aloud", async || {
        let tree = Tree::of(learner).await?;
        fits(&tree)?;
        Ok(Some(tree))
    })
    .await?;
    reads_well(&tree)?;
    Ok(tree)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

/// Programs that are only read are text: nothing in them can be pressed.
fn code_is_text(tree: &Tree, problem: &Problem) -> Result<()> {
    for program in tree.page().all("group").into_iter().filter(|group| group.name.starts_with("Program")) {
        let worked = program.parts().into_iter().find(|part| matches!(&*part.role, "button" | "radio" | "checkbox"));
        ensure!(
            worked.is_none(),
            "code that is only read has a {} in:\n{program}",
            worked.map_or("", |part| &part.role)
        );
    }
    if let Some(program) = problem.main_program().filter(|_| matches!(problem.question, Question::Choice { .. })) {
        let group = tree.page().all("group").into_iter().find(|group| group.name == "Program").context("no program")?;
        let first = program.source.lines().next().unwrap_or_default();
        ensure!(squeezed(&group.text()).starts_with(&squeezed(first)), "{first:?} does not begin:\n{group}");
    }
    Ok(())
}

/// Which of these are checked, by their names.
fn checked(group: &Node) -> Vec<&str> {
    group.parts().into_iter().filter(|part| part.property("checked") == Some("true")).map(|part| &*part.name).collect()
}

async fn opens(learner: &Learner, kind: Kind) -> Result<(Problem, Answer)> {
    let (problem, answer) = learner.problems.to_be_marked(kind, Mark::Right)?;
    learner.opens_problem(&problem).await?;
    listen(learner).await?;
    Ok((problem, answer))
}

async fn is_missed(learner: &Learner, words: &str) -> Result<()> {
    learner.presses_with_control(Key::Enter).await?;
    hears(learner, By::Assertive, words).await
}

#[tokio::test]
async fn a_choice_of_one() -> Result<()> {
    tells(async |learner| {
        let one = |problem: &&Problem| {
            matches!(&problem.question, Question::Choice { several: false, .. }) && problem.main_program().is_some()
        };
        let problem = learner.problems.all().iter().find(one).context("no problem has one right option")?.clone();
        let Question::Choice { options, .. } = &problem.question else { return Ok(()) };
        learner.opens_problem(&problem).await?;
        listen(learner).await?;
        let tree = reads(learner, |tree| tree.find("heading", &problem.title).map(|_| ())).await?;
        code_is_text(&tree, &problem)?;
        let group = tree.find("radiogroup", "Options. Choose one.")?;
        ensure!(group.all("radio").len() == options.len() && checked(group).is_empty(), "the options are:\n{group}");
        is_missed(learner, "Choose an option first.").await?;
        for (key, place) in [("2", 1), ("1", 0)] {
            learner.presses(key).await?;
            let tree = Tree::of(learner).await?;
            let group = tree.find("radiogroup", "Options. Choose one.")?;
            let chosen: Vec<bool> =
                group.all("radio").iter().map(|radio| radio.property("checked") == Some("true")).collect();
            ensure!(chosen.iter().enumerate().all(|(at, chosen)| *chosen == (at == place)), "after {key}:\n{group}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_choice_of_several() -> Result<()> {
    tells(async |learner| {
        let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Partly)?;
        learner.opens_problem(&problem).await?;
        const OPTIONS: &str = "Options. Choose all that are right.";
        reads(learner, |tree| tree.find("group", OPTIONS).map(|_| ())).await?;
        for key in ["1", "2"] {
            learner.presses(key).await?;
        }
        let tree = Tree::of(learner).await?;
        let boxes = tree.find("group", OPTIONS)?.all("checkbox");
        let chosen: Vec<bool> = boxes.iter().map(|option| option.property("checked") == Some("true")).collect();
        ensure!(chosen[..2] == [true, true] && !chosen[2..].contains(&true), "{}", tree.page());
        learner.presses("1").await?;
        learner.presses("2").await?;
        learner.answers_by_keys(&problem, &answer).await?;
        learner.sees_part("summary").await
    })
    .await
}

#[tokio::test]
async fn a_prediction() -> Result<()> {
    tells(async |learner| {
        let fails = |happens: &ExpectedOutcome| matches!(happens, ExpectedOutcome::Error { .. });
        let problem = learner.problems.predict(fails)?.clone();
        learner.opens_problem(&problem).await?;
        listen(learner).await?;
        let tree = reads(learner, |tree| tree.find("radiogroup", "What happens?").map(|_| ())).await?;
        code_is_text(&tree, &problem)?;
        let outcomes = tree.find("radiogroup", "What happens?")?;
        let names = outcomes.names("radio");
        ensure!(names == ["Prints", "Does not compile", "Panics", "Undefined behaviour"], "{names:?}");
        is_missed(learner, "Say what happens first.").await?;

        learner.presses("e").await?;
        let tree = reads(learner, |tree| tree.find("radiogroup", "The rule that is broken").map(|_| ())).await?;
        ensure!(checked(tree.find("radiogroup", "What happens?")?) == ["Does not compile"], "{}", tree.page());
        let program = problem.main_program().context("it has a program")?;
        let lines = tree.find("radiogroup", "Program. Pick a line.")?;
        let names: Vec<String> = lines.names("radio").iter().map(|name| squeezed(name)).collect();
        let expected = (1..).zip(program.source.lines()).map(|(number, line)| match line.trim() {
            "" => format!("Line{number},empty"),
            line => squeezed(&format!("Line {number}: {line}")),
        });
        ensure!(names.iter().eq(expected.collect::<Vec<_>>().iter()), "the lines are:\n{lines}");
        ensure!(checked(lines).is_empty(), "a line is picked before anybody did:\n{lines}");
        learner.presses("j").await?;
        learner.presses("1").await?;
        let tree = reads(learner, |tree| tree.find("group", "Submit. How sure are you?").map(|_| ())).await?;
        ensure!(checked(tree.find("radiogroup", "Program. Pick a line.")?).len() == 1, "{}", tree.page());
        ensure!(checked(tree.find("radiogroup", "The rule that is broken")?).len() == 1, "{}", tree.page());
        let sure = tree.find("group", "Submit. How sure are you?")?.names("button");
        ensure!(sure == ["Guess", "Fairly sure", "Certain"], "{sure:?}");

        learner.presses("p").await?;
        reads(learner, |tree| {
            tree.find("textbox", "What does it print, line by line?")?.is("focused", "true")?;
            code_is_text(tree, &problem)
        })
        .await?;
        Ok(())
    })
    .await
}

/// A line is picked for one question at a time: what it was picked for before is in its name.
#[tokio::test]
async fn lines_to_spot() -> Result<()> {
    tells(async |learner| {
        let (problem, _) = opens(learner, Kind::Spot).await?;
        let Question::Spot { roles } = &problem.question else { return Ok(()) };
        const LINES: &str = "Program. Pick a line.";
        let tree = reads(learner, |tree| tree.find("radiogroup", LINES).map(|_| ())).await?;
        for asked in roles {
            let question = asked.role.question();
            let is_asked = tree.page().names("button").iter().any(|name| name.starts_with(question));
            ensure!(is_asked, "{question:?} is not asked:\n{}", tree.page());
        }
        is_missed(learner, "Pick a line for each question.").await?;
        learner.presses("j").await?;
        let tree = Tree::of(learner).await?;
        let lines = tree.find("radiogroup", LINES)?;
        let label = roles[0].role.label();
        let picked = checked(lines);
        ensure!(
            picked.len() == 1 && picked[0].ends_with(&format!(", {label}")),
            "{label} is none of {picked:?} in:\n{lines}"
        );
        learner.presses("2").await?;
        let tree = Tree::of(learner).await?;
        let lines = tree.find("radiogroup", LINES)?;
        ensure!(checked(lines).is_empty(), "for the second question nothing is picked yet:\n{lines}");
        let named = lines.names("radio").iter().filter(|name| name.ends_with(&format!(", {label}"))).count();
        ensure!(named == 1, "the line for {label} is not told:\n{lines}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn slots_to_fill() -> Result<()> {
    tells(async |learner| {
        let (problem, answer) = opens(learner, Kind::Fill).await?;
        let first = &problem.question.slots()[0];
        let tree = reads(learner, |tree| tree.find("group", "Program with slots").map(|_| ())).await?;
        for slot in problem.question.slots() {
            tree.find("button", &format!("Slot {}, empty", slot.name))?;
        }
        ensure!(checked(tree.find("radiogroup", "Slot")?) == [&*first.name], "{}", tree.page());
        is_missed(learner, "Choose something for each slot.").await?;
        learner.presses(first.name.clone()).await?;
        let tree =
            reads(learner, |tree| tree.find("radiogroup", &format!("Choices for slot {}", first.name)).map(|_| ()))
                .await?;
        ensure!(tree.page().all("radio").len() > first.choices.len(), "{}", tree.page());
        learner.presses("1").await?;
        let told = format!("Slot {}: ", first.name);
        let tree = reads(learner, |tree| {
            let is_told = tree.page().names("button").iter().any(|name| name.starts_with(&told));
            ensure!(is_told, "nothing says what slot {} has in:\n{}", first.name, tree.page());
            Ok(())
        })
        .await?;
        tree.find("radio", &format!("{} filled", first.name))?;
        learner.answers_by_keys(&problem, &answer).await?;
        let tree = reads(learner, |tree| tree.find("heading", "Right.").map(|_| ())).await?;
        code_is_text(&tree, &problem)
    })
    .await
}

#[tokio::test]
async fn lines_to_order() -> Result<()> {
    tells(async |learner| {
        let (problem, answer) = opens(learner, Kind::Order).await?;
        let lines = problem.question.movable_lines().to_vec();
        let tree = reads(learner, |tree| tree.find("group", "Lines to place").map(|_| ())).await?;
        ensure!(tree.find("group", "Lines to place")?.all("button").len() == lines.len(), "{}", tree.page());
        let places = |tree: &Tree| -> Vec<String> {
            let buttons = tree.page().names("button").into_iter();
            buttons.filter(|name| name.starts_with("Place ")).map(str::to_owned).collect()
        };
        let empty = places(&tree);
        let count = empty.len();
        ensure!(count > 1 && empty.iter().all(|name| name.ends_with(", empty")), "{empty:?}");
        is_missed(learner, "Put a line in each place.").await?;

        // By its number, and out again.
        learner.presses("1").await?;
        hears(learner, By::Assertive, &format!(": place 1 of {count}.")).await?;
        let filled = places(&Tree::of(learner).await?);
        ensure!(filled[0].starts_with("Place 1, line ") && !filled[0].ends_with(", empty"), "{filled:?}");
        learner.presses(Key::Backspace).await?;
        hears(learner, By::Assertive, ": not placed.").await?;
        // Lifted, moved by an arrow, and dropped.
        learner.presses_on("pool-line", Key::Space).await?;
        hears(learner, By::Assertive, &format!(": place 1 of {count}. Arrow keys move it")).await?;
        let tree = Tree::of(learner).await?;
        let lifted = tree.page().all("button").into_iter().filter(|button| button.property("pressed") == Some("true"));
        ensure!(lifted.count() == 1, "one line is lifted in:\n{}", tree.page());
        learner.presses(Key::Down).await?;
        hears(learner, By::Assertive, &format!(": place 2 of {count}. Arrow keys move it")).await?;
        learner.presses(Key::Space).await?;
        hears(learner, By::Assertive, &format!(": place 2 of {count}.")).await?;
        learner.presses(Key::Backspace).await?;
        learner.answers_by_keys(&problem, &answer).await?;
        let tree = reads(learner, |tree| tree.find("heading", "Right.").map(|_| ())).await?;
        code_is_text(&tree, &problem)
    })
    .await
}

/// Every part of the feedback on every kind of question, after an answer that is not right.
#[tokio::test]
async fn the_feedback() -> Result<()> {
    tells(async |learner| {
        for kind in Kind::ALL {
            let (problem, answer) = learner.problems.to_be_marked(kind, Mark::Wrong)?;
            learner.opens_problem(&problem).await?;
            listen(learner).await?;
            learner.answers_by_keys(&problem, &answer).await?;
            if matches!(kind, Kind::Fill | Kind::Order) {
                hears(learner, By::Focus, "Try 1. ").await?;
                reads(learner, |tree| tree.find("region", "The compiler's verdict on your try").map(|_| ())).await?;
                learner.presses_on("give-up", Key::Enter).await?;
                learner.sees_part("accepted").await?;
            }
            if kind == Kind::Write {
                // What only the learner has seen, no compiler judged.
                hears(learner, By::Focus, "Try 1. You said: ").await?;
                ensure!(!learner.has("receipt").await?, "a compiler is said to have judged");
                learner.presses_on("give-up", Key::Enter).await?;
                learner.sees_part("solutions").await?;
            }
            let summary = learner.reads("summary").await?;
            hears(learner, By::Focus, &summary).await?;
            hears(learner, By::Polite, "comes").await?;
            looks_at_the_parts(learner, &problem).await.with_context(|| problem.slug.to_string())?;
        }
        Ok(())
    })
    .await
}

async fn looks_at_the_parts(learner: &Learner, problem: &Problem) -> Result<()> {
    let tree = reads(learner, |tree| tree.find("tablist", "About this question").map(|_| ())).await?;
    let labels: Vec<String> =
        tree.find("tablist", "About this question")?.names("tab").into_iter().map(str::to_owned).collect();
    let first = match &*labels[0] {
        "Compiler" => "part-compiler",
        "Solutions" => "part-solutions",
        "Model" => "part-model",
        _ => "part-reasons",
    };
    learner.tabs_to(first).await?;
    for label in &labels {
        let tree = reads(learner, |tree| tree.find("tabpanel", label).map(|_| ())).await?;
        let tabs = tree.find("tablist", "About this question")?.all("tab");
        for tab in tabs {
            tab.is("selected", if tab.name == *label { "true" } else { "false" })?;
        }
        code_is_text(&tree, problem)?;
        if label == "Compiler" {
            tree.find("tabpanel", label)?.find("region", "The compiler's verdict on the program")?;
        }
        learner.presses(Key::Right).await?;
    }
    Ok(())
}

#[tokio::test]
async fn each_receipt_is_named_by_what_it_is_of() -> Result<()> {
    tells(async |learner| {
        let let_through = |problem: &&Problem| problem.let_through.is_some() && !problem.what_ifs.is_empty();
        let problem = learner
            .problems
            .all()
            .iter()
            .find(let_through)
            .or_else(|| learner.problems.all().iter().find(|problem| problem.let_through.is_some()));
        let problem = problem.context("no program was let through")?.clone();
        let answer = answer_marked(&problem, Mark::Right).context("there is a right answer")?;
        learner.opens_problem(&problem).await?;
        learner.answers_by_keys(&problem, &answer).await?;
        learner.sees_part("summary").await?;
        learner.looks_at("reasons").await?;
        reads(learner, |tree| tree.find("region", "Miri's verdict on what was let through").map(|_| ())).await?;
        let edited = learner.problems.all().iter().find(|problem| !problem.what_ifs.is_empty());
        let edited = edited.context("no program is edited")?.clone();
        let answer = answer_marked(&edited, Mark::Right).context("there is a right answer")?;
        learner.opens_problem(&edited).await?;
        listen(learner).await?;
        learner.answers_by_keys(&edited, &answer).await?;
        learner.sees_part("summary").await?;
        learner.looks_at("what-ifs").await?;
        learner.clicks("what-if").await?;
        let tree = reads(learner, |tree| tree.find("radiogroup", "Does it compile then?").map(|_| ())).await?;
        ensure!(checked(tree.find("radiogroup", "Does it compile then?")?).is_empty(), "{}", tree.page());
        learner.clicks("guess-fails").await?;
        hears(learner, By::Polite, "compile").await?;
        let tree = reads(learner, |tree| tree.find("region", "The compiler's verdict on the edit").map(|_| ())).await?;
        ensure!(checked(tree.find("radiogroup", "Does it compile then?")?) == ["Does not compile"], "{}", tree.page());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn hints_tools_and_what_is_copied() -> Result<()> {
    // Only a whole browser has a clipboard.
    tells_of(Journey::new().in_a_browser(), async |learner| {
        let (problem, _) = opens(learner, Kind::Choice).await?;
        learner.presses("h").await?;
        hears(learner, By::Polite, "Hint 1").await?;
        let tree = reads(learner, |tree| tree.find("group", "This problem").map(|_| ())).await?;
        let tools = tree.find("group", "This problem")?;
        tools.find("button", "Bookmark")?.is("pressed", "false")?;
        for tool in ["Note", "Similar", "More"] {
            tools.find("button", tool)?.is("expanded", "false")?;
        }
        tree.find("button", &format!("Hint 2 of {}", problem.hints.len()))?;
        learner.presses_on("bookmark", Key::Space).await?;
        learner.presses_on("tool-more", Key::Enter).await?;
        reads(learner, |tree| {
            tree.find("button", "Bookmark")?.is("pressed", "true")?;
            tree.find("button", "More")?.is("expanded", "true")?;
            tree.find("button", "Report a mistake…").map(|_| ())
        })
        .await?;
        learner.presses_on("report", Key::Enter).await?;
        reads(learner, |tree| tree.find("textbox", "Your report. Write what is wrong.").map(|_| ())).await?;
        learner.presses_on("report-copy", Key::Enter).await?;
        hears(learner, By::Polite, "Copied.").await
    })
    .await
}

#[tokio::test]
async fn the_list_of_keys() -> Result<()> {
    tells(async |learner| {
        learner.opens("").await?;
        learner.sees_part("start").await?;
        learner.presses("?").await?;
        let tree = until("the dialog", async || {
            let tree = Tree::of(learner).await?;
            tree.find("dialog", "Keys")?.is("modal", "true")?;
            Ok(Some(tree))
        })
        .await?;
        let dialog = tree.find("dialog", "Keys")?;
        dialog.find("button", "Close")?;
        ensure!(dialog.all("term").len() > 10, "keys are missing in:\n{dialog}");
        ensure!(tree.page().all("link").is_empty(), "the page behind the dialog can be read:\n{}", tree.page());
        ensure!(
            dialog.parts().iter().any(|part| part.property("focused") == Some("true")),
            "the focus is elsewhere:\n{dialog}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn pages_say_what_they_are_when_they_are_changed_to() -> Result<()> {
    tells(async |learner| {
        learner.opens("").await?;
        learner.sees_part("start").await?;
        listen(learner).await?;
        for (link, heading, title) in [
            ("Practice", "Practice", "Practice"),
            ("Problems", "Problems", "Problems"),
            ("Settings", "Settings", "Settings"),
            ("Rehearse", "Rehearse the interview", "Interviews"),
            ("Progress", "Nothing to show yet", "Progress"),
            ("Today", "Practise for your Rust interview", "Today"),
        ] {
            learner.clicks_on(&format!("nav a:nth-child({})", 1 + place_of(link))).await?;
            hears(learner, By::Focus, heading).await?;
            let tree = reads(learner, |tree| tree.find("heading", heading)?.is("focused", "true").map(|_| ())).await?;
            ensure!(tree.page().name == format!("{title} · Borrowed Time"), "the title is {:?}", tree.page().name);
            let current = learner.session().find(thirtyfour::By::Css("nav [aria-current=page]")).await?.text().await?;
            ensure!(current == link, "{current} is said to be the current page, not {link}");
        }
        Ok(())
    })
    .await
}

fn place_of(link: &str) -> usize {
    ["Today", "Practice", "Problems", "Rehearse", "Progress", "Settings"]
        .iter()
        .position(|name| *name == link)
        .unwrap_or_default()
}

#[tokio::test]
async fn the_list_of_problems() -> Result<()> {
    tells(async |learner| {
        let catalog = &learner.problems.catalog;
        let entry = catalog.problems[0].clone();
        let topic = entry.topic.label();
        let of_topic = catalog.problems.iter().filter(|other| other.topic == entry.topic).count();
        let all = catalog.problems.len();
        learner.opens("problems/").await?;
        let heading = format!("{topic} 0 of {of_topic} answered right");
        let tree = reads(learner, |tree| tree.find("heading", &heading)?.is("level", "2").map(|_| ())).await?;
        tree.find("button", &heading)?.is("expanded", "true")?;
        ensure!(
            tree.page().names("link").iter().any(|name| name.starts_with(&entry.title) && name.ends_with(" new")),
            "{}",
            tree.page()
        );
        learner.opens("problems/?standing=new").await?;
        // Rows below the window have names as well.
        reads(learner, |tree| {
            ensure!(tree.page().names("link").len() > 30, "the list is too short to go beyond the window");
            Ok(())
        })
        .await?;
        learner.opens("problems/").await?;
        tree.find("searchbox", "Search titles, concepts, code, errors and crates")?;
        listen(learner).await?;
        for chip in ["Topic", "Kind", "Level", "Status", "More"] {
            tree.find("group", "Show only")?.find("button", chip)?.is("expanded", "false")?;
        }
        learner.presses_on("filter-topic", Key::Enter).await?;
        let tree = reads(learner, |tree| tree.find("button", "Topic")?.is("expanded", "true").map(|_| ())).await?;
        let choices = tree.find("group", "Topic")?;
        choices.find("button", &topic)?.is("pressed", "false")?;
        learner.presses_on("choice", Key::Space).await?;
        hears(learner, By::Polite, "fit").await?;
        reads(learner, |tree| tree.find("button", &format!("Remove {topic}")).map(|_| ())).await?;
        learner.presses_on("chosen", Key::Enter).await?;
        hears(learner, By::Polite, &format!("{all} problems")).await?;
        learner.tabs_to("search").await?;
        learner.presses("e0382").await?;
        hears(learner, By::Polite, "fit").await
    })
    .await
}

/// Beside each bar stands what it shows, in words; the bar itself is not read.
#[tokio::test]
async fn progress_and_today() -> Result<()> {
    tells(async |learner| {
        learner.opens_a_plain_file().await?;
        learner.has_a_past(150, 90).await?;
        learner.opens("progress/").await?;
        let tree = reads(learner, |tree| tree.find("heading", "Ready for an interview").map(|_| ())).await?;
        let topics: Vec<&str> = tree.page().names("DisclosureTriangle");
        let (tables, topics): (Vec<&str>, Vec<&str>) = topics.into_iter().partition(|name| *name == "Show as a table");
        ensure!(!tables.is_empty() && !topics.is_empty(), "{}", tree.page());
        for topic in topics {
            ensure!(topic.contains('%') && topic.ends_with(" seen"), "{topic:?} says too little");
        }
        let practise = tree.page().names("button").into_iter().filter(|name| name.starts_with("Practise"));
        let practise: Vec<&str> = practise.collect();
        let different: BTreeSet<&&str> = practise.iter().filter(|name| name.starts_with("Practise: ")).collect();
        ensure!(!different.is_empty() && practise.iter().all(|name| name.contains(": ")), "{practise:?}");
        let text = tree.page().text();
        for level in ["Junior", "Mid", "Senior", "Staff"] {
            ensure!(text.contains(level), "{level} is not read in {text}");
        }
        learner.presses_on("practise", Key::Tab).await?;
        learner.opens("").await?;
        let tree = reads(learner, |tree| tree.find("heading", "Due in the next two weeks").map(|_| ())).await?;
        let days = tree.page().all("listitem");
        ensure!(
            days.iter().all(|day| day.text().contains(':')),
            "a column does not say which day it is:\n{}",
            tree.page()
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_placement() -> Result<()> {
    tells(async |learner| {
        learner.opens("placement/").await?;
        // The heading stands there before the app does.
        let tree = reads(learner, |tree| tree.find("link", "Skip this").map(|_| ())).await?;
        tree.find("heading", "Find your level")?;
        listen(learner).await?;
        learner.presses_on("start-placement", Key::Enter).await?;
        let slug = learner.meets_question().await?;
        let title = learner.problems.problem(&slug)?.title.clone();
        hears(learner, By::Focus, &title).await?;
        let tree = reads(learner, |tree| tree.find("progressbar", "Questions done").map(|_| ())).await?;
        ensure!(tree.page().text().contains("1 of 10"), "{}", tree.page());
        learner.presses_on("end-placement", Key::Enter).await?;
        hears(learner, By::Focus, "Too early to say").await?;
        let tree = reads(learner, |tree| tree.find("radiogroup", "The level you practise at").map(|_| ())).await?;
        let levels = tree.find("radiogroup", "The level you practise at")?.names("radio");
        ensure!(levels == ["Junior", "Mid", "Senior", "Staff"], "{levels:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_settings() -> Result<()> {
    tells(async |learner| {
        learner.opens("settings/").await?;
        let tree = reads(learner, |tree| tree.find("combobox", "Start a topic over").map(|_| ())).await?;
        ensure!(checked(tree.find("radiogroup", "Theme")?) == ["System"], "{}", tree.page());
        tree.find("radiogroup", "The level you practise at")?;
        tree.find("slider", "Review less often (left) or more often (right)")?;
        tree.find("spinbutton", "New problems a day, 0 to 30")?;
        tree.find("checkbox", "Ask how sure I am with each answer")?.is("checked", "true")?;
        tree.find("button", "Import")?;
        listen(learner).await?;
        learner.presses_on("theme-system", Key::Right).await?;
        let tree = Tree::of(learner).await?;
        ensure!(checked(tree.find("radiogroup", "Theme")?) == ["Light"], "{}", tree.page());
        learner.presses_on("retention", Key::Right).await?;
        hears(learner, By::Polite, "More often").await?;
        learner.presses_on("erase", Key::Enter).await?;
        hears(
            learner,
            By::Assertive,
            "This erases every answer, bookmark, note, story, interview and tick in the guide",
        )
        .await?;
        learner.presses(Key::Enter).await?;
        learner.presses_on("export", Key::Enter).await?;
        hears(learner, By::Polite, "saves the file").await
    })
    .await
}

#[tokio::test]
async fn a_newer_release_is_said_without_interrupting() -> Result<()> {
    tells(async |learner| {
        learner.installs_the_app().await?;
        listen(learner).await?;
        learner.site.deploys_an_update()?;
        learner.browser_looks_for_an_update().await?;
        hears(learner, By::Polite, "A new version is ready.").await
    })
    .await
}
