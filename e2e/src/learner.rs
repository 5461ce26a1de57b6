//! A learner in front of a browser: verbs that a person would use, for journeys to tell what happens.
//!
//! The contract with the page is its `data-testid` attributes. Every verb waits until what it needs is there.

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};
use quiz::answer::{Answer, Prediction};
use quiz::assemble;
use quiz::attempt::{Attempt, Record};
use quiz::discussion::Score;
use quiz::exercise::{CodeResult, SelfAssessment};
use quiz::grading::{Mark, grade};
use quiz::interview::UnderWay;
use quiz::log;
use quiz::problem::{Problem, Question, Slug};
use quiz::verdict::Verdict;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{By, Key, TypingData, WebDriver, WebElement, WindowHandle};

use crate::browser::{self, Browser, Engine};
use crate::focus;
use crate::history::history;
use crate::problems::Problems;
use crate::site::Site;
use crate::wait::until;
use crate::watch::Watch;

/// The prefix of the keys under which attempts are stored.
pub const ATTEMPTS: &str = "borrowed-time/attempts/";

/// A learner, their browser, and the site they visit.
pub struct Learner {
    /// The site, which may go down.
    pub site: Site,
    /// The truth about its problems.
    pub problems: Problems,
    browser: Browser,
    watch: Watch,
    expected_errors: Vec<String>,
}

/// Opening pages.
impl Learner {
    /// A learner with a browser that has never seen the site.
    pub fn new(site: Site, problems: Problems, browser: Browser) -> Learner {
        Learner { site, problems, browser, watch: Watch::default(), expected_errors: Vec::new() }
    }

    /// Opens a path of the app, such as `problems/gone-after-the-loop`.
    pub async fn opens(&self, path: &str) -> Result<()> {
        let address = self.site.address(path);
        self.session().goto(&address).await.with_context(|| format!("{address} does not open"))
    }

    /// Opens a file of the site that is not the app.
    pub async fn opens_a_plain_file(&mut self) -> Result<()> {
        // Browsers look for an icon where a page names none.
        self.expects_error("favicon.ico");
        self.opens("robots.txt").await
    }

    /// Lets go of all that is under way: what is opened next is asked anew. Opens a file that is not the app.
    pub async fn forgets_what_is_under_way(&mut self) -> Result<()> {
        const FORGET: &str = "sessionStorage.clear(); localStorage.removeItem('borrowed-time/left');
            for (const key of Object.keys(localStorage)) if (key.startsWith('borrowed-time/begun/')) localStorage.removeItem(key);
            return null;";
        self.opens_a_plain_file().await?;
        self.runs(FORGET, &[]).await
    }

    /// Opens the page of a problem and waits for its question.
    pub async fn opens_problem(&self, problem: &Problem) -> Result<()> {
        self.opens(&format!("problems/{}/", problem.slug)).await?;
        let shown = self.meets_question().await?;
        ensure!(shown == problem.slug, "asked for {}, got {shown}", problem.slug);
        Ok(())
    }

    /// Reloads the page, as its own button would: Firefox's driver knows only a reload past all caches and workers.
    pub async fn reloads(&self) -> Result<()> {
        const IS_NEW: &str = "return window.isOld !== true && document.readyState === 'complete';";
        self.runs::<()>("window.isOld = true; setTimeout(() => location.reload()); return null;", &[]).await?;
        until("the page to be loaded again", async || Ok(self.runs::<bool>(IS_NEW, &[]).await?.then_some(()))).await
    }

    /// Opens another tab and looks at it.
    pub async fn opens_a_tab(&self) -> Result<WindowHandle> {
        let tab = self.session().new_tab().await?;
        self.turns_to(&tab).await?;
        browser::resize(self.browser.setup(), self.session()).await?;
        Ok(tab)
    }

    /// Closes the tab in front and goes on in a new one.
    pub async fn closes_the_tab_for_a_new_one(&self) -> Result<()> {
        let old = self.tab().await?;
        let new = self.session().new_tab().await?;
        self.turns_to(&old).await?;
        self.session().close_window().await?;
        self.turns_to(&new).await
    }

    /// The tab in front.
    pub async fn tab(&self) -> Result<WindowHandle> {
        Ok(self.session().window().await?)
    }

    /// Looks at a tab.
    pub async fn turns_to(&self, tab: &WindowHandle) -> Result<()> {
        self.session().switch_to_window(tab.clone()).await.context("the tab is gone")
    }

    /// The browser dies of a sudden and is started again, with what it had stored by then.
    pub async fn sees_the_browser_die(&mut self) -> Result<()> {
        self.watch.ask(self.engine(), self.browser.session()).await?;
        self.browser.dies().await
    }

    /// Submits what is filled in, and the browser dies so long after the judgement is in the page; it is started again. Gives the
    /// time that passed from the judgement until the browser was dead, as far as it can be known.
    pub async fn sees_the_browser_die_after_the_judgement(&mut self, after: Duration) -> Result<Duration> {
        const SUBMIT: &str = r#"
            const done = arguments[arguments.length - 1];
            const look = () => {
                if (document.querySelector('[data-testid=summary], #trial-summary')) done(true);
                else requestAnimationFrame(look);
            };
            document.querySelector('[data-testid=submit]').click();
            look();"#;
        self.watch.ask(self.engine(), self.browser.session()).await?;
        let processes = self.browser.processes()?;
        self.session().execute_async(SUBMIT, Vec::new()).await?;
        let judged = Instant::now();
        tokio::time::sleep(after).await;
        self.browser.kill(&processes).await?;
        let took = judged.elapsed();
        self.browser.is_started_again().await?;
        Ok(took)
    }

    /// Closes the browser and starts it again, with everything that it has stored. WebKitGTK's keeps nothing when its driver closes it:
    /// there a new tab takes the place of the old one, with what is not the tab's alone.
    pub async fn restarts_the_browser(&mut self) -> Result<()> {
        self.watch.ask(self.engine(), self.browser.session()).await?;
        if self.engine() == Engine::Webkit {
            return self.closes_the_tab_for_a_new_one().await;
        }
        self.browser.restart().await
    }

    /// The memory that the browser takes now, in bytes. Of Linux only.
    ///
    /// # Errors
    /// If its processes cannot be seen.
    pub fn browser_memory(&self) -> Result<u64> {
        self.browser.memory()
    }

    /// The network is gone, and with it what the browser's own cache may happen to have.
    pub async fn goes_offline(&mut self) -> Result<()> {
        // The browser looks for a newer worker, and says so when there is none to be had.
        self.expects_error("sw.js");
        if self.engine() == Engine::Chromium {
            self.tells_devtools("Network.clearBrowserCache", json!({})).await?;
        }
        self.site.goes_down().await
    }

    /// The network is back.
    pub async fn comes_online(&mut self) -> Result<()> {
        self.site.comes_back().await
    }

    /// The address of the page.
    pub async fn address(&self) -> Result<String> {
        Ok(self.session().current_url().await?.to_string())
    }
}

/// Seeing and touching.
impl Learner {
    /// The first visible part of this name, once it is there.
    pub async fn part(&self, name: &str) -> Result<WebElement> {
        until(&format!("{name} to show"), async || self.part_now(&named(name)).await).await
    }

    /// Whether a part of this name shows now.
    pub async fn has(&self, name: &str) -> Result<bool> {
        Ok(self.part_now(&named(name)).await?.is_some())
    }

    /// All parts of this name, shown or not.
    pub async fn parts(&self, name: &str) -> Result<Vec<WebElement>> {
        Ok(self.session().find_all(By::Css(named(name))).await?)
    }

    /// Waits until a part of this name shows.
    pub async fn sees_part(&self, name: &str) -> Result<()> {
        self.part(name).await.map(|_| ())
    }

    /// Waits until no part of this name shows.
    pub async fn no_longer_sees_part(&self, name: &str) -> Result<()> {
        let selector = named(name);
        until(&format!("{name} to go"), async || Ok(self.part_now(&selector).await?.is_none().then_some(()))).await
    }

    /// Waits until the page says this.
    pub async fn sees(&self, text: &str) -> Result<()> {
        until(&format!("{text:?} on the page"), async || Ok(self.text().await?.contains(text).then_some(()))).await
    }

    /// What the page says.
    pub async fn text(&self) -> Result<String> {
        if self.engine() == Engine::Webkit {
            // Its driver leaves out what could be cut off at the end of a line, even if nothing is.
            return self.runs("return document.body.innerText;", &[]).await;
        }
        Ok(self.session().find(By::Tag("body")).await?.text().await?)
    }

    /// What a part says.
    pub async fn reads(&self, name: &str) -> Result<String> {
        until(&format!("{name} to say something"), async || match self.part_now(&named(name)).await? {
            Some(part) => Ok(Some(part.text().await?)),
            None => Ok(None),
        })
        .await
    }

    /// Clicks a part.
    pub async fn clicks(&self, name: &str) -> Result<()> {
        self.clicks_on(&named(name)).await
    }

    /// Waits until the page is there: its heading comes with what it says.
    pub async fn sees_heading(&self) -> Result<()> {
        const HAS_HEADING: &str = "return document.querySelector('#app main h1') !== null;";
        until("the heading", async || Ok(self.runs::<bool>(HAS_HEADING, &[]).await?.then_some(()))).await
    }

    /// Waits until the focus is on what this selector finds.
    pub async fn sees_focus_on(&self, selector: &str) -> Result<()> {
        const HAS_FOCUS: &str = "return document.activeElement.matches(arguments[0]);";
        until(&format!("the focus on {selector}"), async || {
            Ok(self.runs::<bool>(HAS_FOCUS, &[selector.into()]).await?.then_some(()))
        })
        .await
    }

    /// Clicks what this selector finds first.
    pub async fn clicks_on(&self, selector: &str) -> Result<()> {
        /// Two frames are drawn; a page that is not shown draws none.
        const FRAMES: &str = "return new Promise((done) => {
            requestAnimationFrame(() => requestAnimationFrame(() => done(null)));
            setTimeout(() => done(null), 500);
        });";
        until(&format!("{selector} to take a click"), async || {
            let Some(part) = self.part_now(selector).await? else { return Ok(None) };
            if self.engine() == Engine::Webkit {
                // Its driver clicks where the part was when it was asked, although the page scrolls with its next frame.
                self.runs::<()>(FRAMES, &[]).await?;
            }
            let click = part.click().await;
            if click.is_err() {
                // What lies under a bar at the edge of the screen is reached as by hand: by scrolling.
                part.scroll_into_view().await?;
            }
            Ok(Some(click?))
        })
        .await
    }

    /// Types into a field, line by line.
    pub async fn types_into(&self, name: &str, text: &str) -> Result<()> {
        Ok(self.part(name).await?.send_keys(with_enter(text)).await?)
    }

    /// Presses keys, wherever the focus is, and sees where it is then.
    pub async fn presses(&self, keys: impl Into<TypingData>) -> Result<()> {
        let keys = keys.into();
        let before = focus::Before::pressing(self, &keys).await?;
        self.session().action_chain().send_keys(keys).perform().await?;
        before.is_kept(self).await
    }

    /// Presses a key while Control is held, and sees where the focus is then.
    pub async fn presses_with_control(&self, key: impl Into<TypingData>) -> Result<()> {
        let key = key.into();
        let before = focus::Before::pressing(self, &key).await?;
        let chain = self.session().action_chain();
        chain.key_down(Key::Control).send_keys(key).key_up(Key::Control).perform().await?;
        before.is_kept(self).await
    }

    /// Goes to a part by Tab and presses a key on it.
    pub async fn presses_on(&self, name: &str, key: impl Into<TypingData>) -> Result<()> {
        self.tabs_to(name).await?;
        self.presses(key).await
    }

    /// Moves the focus with the Tab key until it is on a part.
    pub async fn tabs_to(&self, name: &str) -> Result<()> {
        const STEPS: usize = 120;
        let mut wanted = self.part(name).await?;
        let mut passed = Vec::new();
        for _ in 0..STEPS {
            let at = self.session().active_element().await?.attr("data-testid").await?.unwrap_or_default();
            // In a program, Tab indents until Escape has been pressed.
            if at == "code" {
                self.presses(Key::Escape).await?;
            }
            passed.push(at);
            self.presses(Key::Tab).await?;
            let active = self.session().active_element().await?;
            if active.attr("data-testid").await?.as_deref() == Some(name) {
                // Another may have come in the place of the one that was there first: an editor, a list that was drawn anew.
                wanted = self.part(name).await?;
            }
            if active.element_id() == wanted.element_id() {
                return Ok(());
            }
        }
        bail!("{STEPS} presses of Tab do not lead to {name}, but to {}", passed.join(", "))
    }

    /// What fits and shows now, the first of it, looked for at one moment: while one asks of each by itself, a page can come to be shown,
    /// and a later one would be taken for the first.
    async fn part_now(&self, selector: &str) -> Result<Option<WebElement>> {
        const SHOWN: &str = "return [...document.querySelectorAll(arguments[0])].find((found) => {
            // What can be chosen in a list shows when it is opened.
            const element = found.closest('select') ?? found;
            const { width, height } = element.getBoundingClientRect();
            const isThere = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
            return isThere && (width > 0 && height > 0 || element.innerText.trim() !== '');
        }) ?? null;";
        let found = self.session().execute(SHOWN, vec![selector.into()]).await?;
        Ok(if found.json().is_null() { None } else { Some(found.element()?) })
    }
}

/// Answering.
impl Learner {
    /// Waits for a question that is still open, and says which it is.
    pub async fn meets_question(&self) -> Result<Slug> {
        self.meets_question_in_state("asking").await
    }

    /// Waits for a question in this state, and says which it is.
    async fn meets_question_in_state(&self, state: &str) -> Result<Slug> {
        let selector = format!("{}[data-state={state}]", named("question"));
        until(&format!("a question in the state {state}"), async || match self.part_now(&selector).await? {
            Some(question) => Ok(question.attr("data-slug").await?.map(|slug| Slug(slug.into()))),
            None => Ok(None),
        })
        .await
    }

    /// Fills in an answer by mouse or finger.
    pub async fn fills_in(&self, answer: &Answer) -> Result<()> {
        match answer {
            Answer::Choice { chosen } => {
                for option in chosen {
                    self.clicks_on(&format!("{}[data-index='{option}']", named("option"))).await?;
                }
            }
            Answer::Predict(Prediction::Prints { stdout }) => {
                self.clicks("outcome-prints").await?;
                self.types_into("stdout", stdout.trim_end()).await?;
            }
            Answer::Predict(Prediction::Error { line, rule }) => {
                self.clicks("outcome-error").await?;
                self.clicks_line(*line).await?;
                if let Some(rule) = rule {
                    self.clicks_on(&format!("{}[data-code='{rule}']", named("rule"))).await?;
                }
            }
            Answer::Predict(Prediction::Panics { line }) => {
                self.clicks("outcome-panics").await?;
                self.clicks_line(*line).await?;
            }
            Answer::Predict(Prediction::Undefined { line }) => {
                self.clicks("outcome-undefined").await?;
                self.clicks_line(*line).await?;
            }
            Answer::Spot { lines } => {
                for (role, line) in lines {
                    self.clicks_on(&format!("{}[data-role='{}']", named("role"), role.name())).await?;
                    self.clicks_line(Some(*line)).await?;
                }
            }
            Answer::Fill { picks } => {
                for (slot, pick) in picks.iter().enumerate() {
                    self.clicks_on(&slot_tab(slot)).await?;
                    self.clicks_on(&format!("{}[data-index='{pick}']", named("slot-choice"))).await?;
                }
            }
            Answer::Order { lines } => {
                for line in lines {
                    self.clicks_on(&pool_line(*line)).await?;
                }
            }
            Answer::Write { code, result, .. } => {
                self.clicks("code").await?;
                self.pastes_program(code).await?;
                self.clicks(said(result)?).await?;
            }
            Answer::Discuss { notes, scores } => {
                self.clicks("notes").await?;
                self.presses(notes).await?;
                self.clicks("finish").await?;
                for (row, score) in scores.iter().enumerate() {
                    self.clicks(&score_button(row, *score)).await?;
                }
            }
            Answer::Unknown => bail!("who does not know fills nothing in"),
        }
        Ok(())
    }

    /// Puts a program in place of all that stands in the field that has the focus: typed, each line would be indented again.
    pub async fn pastes_program(&self, code: &str) -> Result<()> {
        const PASTE: &str = "const field = document.activeElement;
            if (field.matches('textarea')) {
                field.select();
                return document.execCommand('insertText', false, arguments[0]);
            }
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', arguments[0]);
            const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
            // Firefox takes no clipboard by the constructor.
            Object.defineProperty(paste, 'clipboardData', { value: clipboardData });
            return !field.dispatchEvent(paste);";
        self.has_the_editor().await?;
        self.clicks("code").await?;
        self.presses_with_control("a").await?;
        ensure!(self.runs::<bool>(PASTE, &[json!(code)]).await?, "nothing could be pasted");
        until("the program in the field", async || Ok((self.program().await? == code).then_some(()))).await
    }

    /// The program that stands in the field.
    pub async fn program(&self) -> Result<String> {
        const PROGRAM: &str = "const field = document.querySelector('[data-testid=code]');
            return field.value ?? document.querySelector('#code-place').editor.text();";
        self.has_the_editor().await?;
        self.runs(PROGRAM, &[]).await
    }

    /// Waits until the code editor has taken the place of the plain field; a release may have none.
    pub async fn has_the_editor(&self) -> Result<()> {
        const LOADED: &str = "return !document.querySelector('meta[name=editor]').content
            || Boolean(document.querySelector('#code-place')?.editor);";
        self.part("code").await?;
        until("the code editor", async || Ok(self.runs::<bool>(LOADED, &[]).await?.then_some(()))).await
    }

    async fn clicks_line(&self, line: Option<u32>) -> Result<()> {
        match line {
            Some(line) => self.clicks_on(&format!("{}[data-line='{line}']", named("line"))).await,
            None => Ok(()),
        }
    }

    /// Fills in an answer and submits it, all by keyboard.
    pub async fn answers_by_keys(&self, problem: &Problem, answer: &Answer) -> Result<()> {
        self.fills_in_by_keys(problem, answer).await?;
        // With Control it submits from wherever the focus is.
        self.presses_with_control(Key::Enter).await
    }

    /// Fills in an answer by keyboard.
    pub async fn fills_in_by_keys(&self, problem: &Problem, answer: &Answer) -> Result<()> {
        match answer {
            Answer::Choice { chosen } => {
                let chosen: BTreeSet<String> = chosen.iter().map(usize::to_string).collect();
                self.presses_numbers_of("option", "data-index", &chosen).await?;
            }
            Answer::Predict(Prediction::Prints { stdout }) => {
                self.presses("p").await?;
                self.has_focus("stdout").await?;
                self.presses(with_enter(stdout.trim_end())).await?;
            }
            Answer::Predict(Prediction::Error { line, rule }) => {
                self.presses("e").await?;
                self.moves_to_line(*line, &format!("{}[aria-checked=true]", named("line"))).await?;
                let rule: BTreeSet<String> = rule.iter().map(|rule| rule.0.clone()).collect();
                self.presses_numbers_of("rule", "data-code", &rule).await?;
            }
            Answer::Predict(Prediction::Undefined { line }) => {
                self.presses("u").await?;
                self.moves_to_line(*line, &format!("{}[aria-checked=true]", named("line"))).await?;
            }
            Answer::Predict(Prediction::Panics { line }) => {
                self.presses("x").await?;
                self.moves_to_line(*line, &format!("{}[aria-checked=true]", named("line"))).await?;
            }
            Answer::Spot { lines } => {
                let Question::Spot { roles } = &problem.question else { bail!("{} asks for no lines", problem.slug) };
                for (step, asked) in roles.iter().enumerate() {
                    self.presses((step + 1).to_string()).await?;
                    let role = format!("{}[data-role='{}'] .picked-line", named("role"), asked.role.name());
                    self.moves_to_line(lines.get(&asked.role).copied(), &role).await?;
                }
            }
            Answer::Fill { picks } => {
                for (slot, pick) in picks.iter().enumerate() {
                    let letter = self.session().find(By::Css(slot_tab(slot))).await?.find(By::Tag("code")).await?;
                    self.presses(letter.text().await?).await?;
                    let pick = BTreeSet::from([pick.to_string()]);
                    self.presses_numbers_of("slot-choice", "data-index", &pick).await?;
                }
            }
            Answer::Order { lines } => {
                for line in lines {
                    let line = BTreeSet::from([line.to_string()]);
                    self.presses_numbers_of("pool-line", "data-movable", &line).await?;
                }
            }
            Answer::Write { code, result, .. } => {
                self.tabs_to("code").await?;
                self.pastes_program(code).await?;
                // Tab alone would indent.
                self.presses(Key::Escape).await?;
                self.tabs_to("said-all").await?;
                self.presses(Key::Space).await?;
                let wanted = said(result)?;
                while !self.is_chosen(wanted).await? {
                    self.presses(Key::Down).await?;
                }
            }
            Answer::Discuss { notes, scores } => {
                self.tabs_to("notes").await?;
                self.presses(notes).await?;
                self.presses_with_control(Key::Enter).await?;
                self.sees_part("score-0-no").await?;
                for (row, score) in scores.iter().enumerate() {
                    self.tabs_to(&score_button(row, Score::No)).await?;
                    self.presses(Key::Space).await?;
                    while !self.is_chosen(&score_button(row, *score)).await? {
                        self.presses(Key::Down).await?;
                    }
                }
            }
            Answer::Unknown => bail!("who does not know fills nothing in"),
        }
        Ok(())
    }

    /// Whether the radio button of this name is chosen.
    pub async fn is_chosen(&self, name: &str) -> Result<bool> {
        Ok(self.part(name).await?.attr("aria-checked").await?.as_deref() == Some("true"))
    }

    /// Presses the number that each wanted part has on the screen.
    async fn presses_numbers_of(&self, name: &str, attribute: &str, wanted: &BTreeSet<String>) -> Result<()> {
        self.part(name).await?;
        let mut numbers = Vec::new();
        for part in self.parts(name).await? {
            if part.attr(attribute).await?.is_some_and(|value| wanted.contains(&value)) {
                numbers.push(part.find(By::Tag("kbd")).await?.text().await?);
            }
        }
        // What is pressed may be gone with the press, so all are looked up before.
        for number in numbers {
            self.presses(number).await?;
        }
        Ok(())
    }

    /// Moves the line cursor with `j` and `k` until `picked` shows the wanted line.
    async fn moves_to_line(&self, wanted: Option<u32>, picked: &str) -> Result<()> {
        const STEPS: usize = 100;
        let Some(wanted) = wanted else { return Ok(()) };
        for _ in 0..STEPS {
            let shown = match self.part_now(picked).await? {
                Some(part) => line_number(&part).await?,
                None => None,
            };
            match shown {
                Some(shown) if shown == wanted => return Ok(()),
                Some(shown) if shown > wanted => self.presses("k").await?,
                _ => self.presses("j").await?,
            }
        }
        bail!("{STEPS} presses of j and k do not lead to line {wanted}")
    }

    async fn has_focus(&self, name: &str) -> Result<()> {
        let wanted = self.part(name).await?;
        until(&format!("{name} to have the focus"), async || {
            Ok((self.session().active_element().await?.element_id() == wanted.element_id()).then_some(()))
        })
        .await
    }

    /// Submits what is filled in.
    pub async fn submits(&self) -> Result<()> {
        self.clicks("submit").await
    }

    /// Opens, answers and submits a problem on its own page, and sees the right judgement.
    pub async fn answers(&self, problem: &Problem, answer: &Answer) -> Result<()> {
        self.opens_problem(problem).await?;
        self.fills_in(answer).await?;
        self.submits().await?;
        self.sees_judgement(problem, answer).await
    }

    /// Waits for what the compiler says of a try that may be followed by another one, and checks it against the truth.
    pub async fn sees_try(&self, problem: &Problem, answer: &Answer, number: u32) -> Result<()> {
        let expected = format!("Try {number}. {}", grade(&problem.question, answer).summary());
        until(&format!("the judgement {expected:?}"), async || {
            let shown = self.part_now(&named("trial-summary")).await?;
            let Some(shown) = shown else { return Ok(None) };
            Ok((shown.text().await? == expected).then_some(()))
        })
        .await?;
        if let Answer::Write { .. } = answer {
            return Ok(());
        }
        let receipt = self.reads("receipt").await?;
        let outcome = assemble::outcome(&problem.question, answer).context("every answer has an outcome")?;
        if let Verdict::Error { errors } = &outcome.verdict {
            let message = errors.first().map(|error| error.message.clone()).unwrap_or_default();
            ensure!(receipt.contains(&message), "the receipt does not say {message:?}: {receipt}");
        }
        Ok(())
    }

    /// Waits for the feedback on this answer, and checks it against the truth. Where it may be tried again, the learner does
    /// not want to.
    pub async fn sees_judgement(&self, problem: &Problem, answer: &Answer) -> Result<()> {
        let shows_right = match problem.question {
            Question::Fill { .. } | Question::Order { .. } => Some("accepted"),
            Question::Write(_) => Some("solutions"),
            Question::Choice { .. } | Question::Predict { .. } | Question::Spot { .. } | Question::Discuss(_) => None,
        };
        if let Some(shown) = shows_right.filter(|_| grade(&problem.question, answer).mark != Mark::Right) {
            if *answer != Answer::Unknown {
                self.sees_try(problem, answer, 1).await?;
                self.clicks("give-up").await?;
            }
            self.sees_part(shown).await?;
        }
        let shown = self.meets_question_in_state("answered").await?;
        ensure!(shown == problem.slug, "the feedback is about {shown}, not about {}", problem.slug);
        let graded = grade(&problem.question, answer);
        let summary = self.reads("summary").await?;
        ensure!(summary == graded.summary(), "the page says {summary:?}, the truth is {:?}", graded.summary());
        if let Question::Discuss(_) = &problem.question {
            self.sees_part("explanation").await?;
            return Ok(());
        }
        self.peeks_at("reasons").await?;
        self.sees_part("explanation").await?;
        if let Question::Choice { options, .. } = &problem.question {
            let rationales = self.parts("rationale").await?.len();
            ensure!(rationales == options.len(), "{rationales} rationales for {} options", options.len());
        }
        if let Question::Write(_) = &problem.question {
            self.peeks_at("solutions").await?;
            self.sees_part("solution").await?;
        } else if problem.main_program().is_some() {
            self.peeks_at("compiler").await?;
            // Who does not know has made no program that a receipt would be of.
            let is_made = shows_right.is_some() && *answer == Answer::Unknown;
            self.sees_part(if is_made { "accepted" } else { "receipt" }).await?;
        }
        Ok(())
    }

    /// Looks at a part of the feedback without moving the focus: what is pressed next is pressed where it was.
    async fn peeks_at(&self, part: &str) -> Result<()> {
        const CLICK: &str = "document.querySelector(arguments[0]).click(); return null;";
        self.sees_part(&format!("part-{part}")).await?;
        self.runs(CLICK, &[named(&format!("part-{part}")).into()]).await
    }

    /// Chooses a part of the feedback, such as `compiler`, `reasons` or `solutions`.
    pub async fn looks_at(&self, part: &str) -> Result<()> {
        self.clicks(&format!("part-{part}")).await?;
        self.sees_part(&format!("part-{part}")).await
    }

    /// What is filled in, as far as the page shows it: chosen options, outcome, rule, picked lines.
    pub async fn draft(&self) -> Result<Value> {
        const DRAFT: &str = r#"
            const all = (selector, name) =>
                [...document.querySelectorAll(selector)].map((part) => part.dataset[name] ?? part.textContent).sort();
            return {
                options: all('[data-testid=option][aria-checked=true]', 'index'),
                outcome: all('[data-testid^=outcome-][aria-checked=true]', 'testid'),
                rules: all('[data-testid=rule][aria-checked=true]', 'code'),
                lines: all('[data-testid=line].picked', 'line'),
                slots: all('[data-testid=slot]'),
                gaps: [...document.querySelectorAll('[data-testid=gap]')].map((gap) => gap.dataset.movable ?? null),
                trial: document.querySelector('[data-testid=trial-summary]')?.textContent ?? null,
                stdout: document.querySelector('[data-testid=stdout]')?.value ?? null,
                program: document.querySelector('#code-place')?.editor?.text() ?? document.querySelector('[data-testid=code]')?.value ?? null,
                said: all('[data-testid^=said-][aria-checked=true]', 'testid'),
                hints: document.querySelectorAll('[data-testid=hint]').length,
            };"#;
        self.runs(DRAFT, &[]).await
    }
}

/// What is stored.
impl Learner {
    /// The attempts in the browser's storage, oldest first.
    pub async fn attempts(&self) -> Result<Vec<Attempt>> {
        let mut attempts = Vec::new();
        for (key, value) in self.stored().await? {
            if key.starts_with(ATTEMPTS) {
                let read = log::read(&value).with_context(|| format!("{key} is {value:?}"))?;
                attempts.extend(read.records.iter().filter_map(Record::attempt).cloned());
            }
        }
        attempts.sort_by_key(|attempt| attempt.id);
        Ok(attempts)
    }

    /// All keys and values of the localStorage.
    pub async fn stored(&self) -> Result<Vec<(String, String)>> {
        self.runs("return Object.entries({ ...localStorage });", &[]).await
    }

    /// The value stored under a key.
    pub async fn stored_at(&self, key: &str) -> Result<Option<String>> {
        self.runs("return localStorage.getItem(arguments[0]);", &[json!(key)]).await
    }

    /// Something else stores a value.
    pub async fn finds_stored(&self, key: &str, value: &str) -> Result<()> {
        self.runs("localStorage.setItem(arguments[0], arguments[1]); return null;", &[json!(key), json!(value)]).await
    }

    /// The clock of the wall goes forward by so much in an interview under way, while the page is not there.
    ///
    /// # Errors
    /// If no interview is under way.
    pub async fn lets_an_interview_go_on_for(&self, seconds: u64) -> Result<()> {
        const KEY: &str = "borrowed-time/interview";
        let stored = self.stored_at(KEY).await?.context("no interview is under way")?;
        let mut under_way = UnderWay::read(&stored)?;
        under_way.interview.seen_at_ms -= seconds * 1000;
        self.finds_stored(KEY, &under_way.write()).await?;
        self.reloads().await
    }

    /// Has answered `count` questions in the last `days` days, before the app is opened.
    pub async fn has_a_past(&self, count: usize, days: u64) -> Result<()> {
        self.has_answered(&history(self.problems.all(), count, days, now()?, 1)).await
    }

    /// Has these answers in the storage, as the app leaves them there when its tabs are closed.
    pub async fn has_answered(&self, records: &[Record]) -> Result<()> {
        for (number, segment) in records.chunks(5000).enumerate() {
            self.finds_stored(&format!("{ATTEMPTS}past-{number}"), &log::write_packed(segment)).await?;
        }
        Ok(())
    }

    /// Another page of the origin leaves no room in the localStorage.
    pub async fn fills_the_storage(&self) -> Result<()> {
        const FILL: &str = r#"
            let size = 1 << 22;
            for (let number = 0; size >= 1; number += 1) {
                try { localStorage.setItem(`filler-${number}`, 'x'.repeat(size)); } catch { size = Math.floor(size / 2); }
            }
            return null;"#;
        self.runs(FILL, &[]).await
    }

    /// The other page gives the room back.
    pub async fn frees_the_storage(&self) -> Result<()> {
        const FREE: &str = r#"
            for (const key of Object.keys(localStorage)) if (key.startsWith('filler-')) localStorage.removeItem(key);
            return null;"#;
        self.runs(FREE, &[]).await
    }

    /// The text of the file that the browser saves next, or `None` if it cannot be told where to save files.
    pub async fn saved_file(&self) -> Result<Option<String>> {
        if self.engine() == Engine::Webkit {
            return Ok(None);
        }
        let saved = until("a file in the downloads", async || {
            for entry in fs::read_dir(self.browser.downloads())? {
                let path = entry?.path();
                let is_whole = path
                    .extension()
                    .is_some_and(|extension| ["json", "csv", "md"].iter().any(|known| extension == *known));
                let text = fs::read_to_string(&path).unwrap_or_default();
                if is_whole && !text.is_empty() {
                    fs::remove_file(&path)?;
                    return Ok(Some(text));
                }
            }
            Ok(None)
        });
        saved.await.map(Some)
    }
}

/// Offline use and releases.
impl Learner {
    /// Waits on the current page until the app says that it needs no network any more.
    pub async fn is_ready_to_work_offline(&self) -> Result<()> {
        const STATUS: &str = "return document.querySelector('[data-testid=offline-status]')?.textContent ?? '';";
        until("the app to be ready to work offline", async || {
            let status: String = self.runs(STATUS, &[]).await?;
            Ok(status.contains("Works offline").then_some(()))
        })
        .await
    }

    /// Opens the first page and waits until the app needs no network any more.
    pub async fn installs_the_app(&self) -> Result<()> {
        self.opens("").await?;
        self.is_ready_to_work_offline().await
    }

    /// The release that the page says it is.
    pub async fn release(&self) -> Result<String> {
        self.runs("return document.querySelector('meta[name=release]').content;", &[]).await
    }

    /// The browser looks for a newer release, as it does on its own once in a while.
    pub async fn browser_looks_for_an_update(&self) -> Result<()> {
        const UPDATE: &str = r#"
            const done = arguments[arguments.length - 1];
            navigator.serviceWorker.getRegistration()
                .then((registration) => registration.update())
                .then(() => done(null), (error) => done(null));"#;
        self.session().execute_async(UPDATE, Vec::new()).await?;
        Ok(())
    }

    /// The text that the page is given for an address of the site, or the error.
    pub async fn fetches(&self, address: &str) -> Result<String> {
        const FETCH: &str = r#"
            const [address, done] = arguments;
            fetch(address).then((response) => response.text()).then(done, (error) => done(String(error)));"#;
        let address = self.site.address(address);
        Ok(self.session().execute_async(FETCH, vec![address.into()]).await?.convert()?)
    }

    /// Runs the body of a function over what the worker has stored of the only release, and gives what it returns. It knows `cache`,
    /// its `layout` as the worker wrote it, and `change`, which changes the bytes of the chunk of a number.
    pub async fn changes_what_is_stored<T: DeserializeOwned>(&self, body: &str, arguments: &[Value]) -> Result<T> {
        let script = format!(
            r#"return (async (...args) => {{
                const [name] = await caches.keys();
                const cache = await caches.open(name);
                const layout = await (await cache.match(".layout")).json();
                const change = async (number, change) => {{
                    const bytes = new Uint8Array(await (await cache.match(`.chunks/${{number}}`)).arrayBuffer());
                    await cache.put(`.chunks/${{number}}`, new Response(change(bytes)));
                }};
                {body}
                return null;
            }})(...arguments);"#
        );
        self.runs(&script, arguments).await
    }

    /// The names of the caches of the whole origin.
    pub async fn caches(&self) -> Result<Vec<String>> {
        const CACHES: &str = r#"
            const done = arguments[arguments.length - 1];
            caches.keys().then(done, (error) => done([String(error)]));"#;
        Ok(self.session().execute_async(CACHES, Vec::new()).await?.convert()?)
    }
}

/// What a test needs besides.
impl Learner {
    /// Which browser it is.
    pub fn engine(&self) -> Engine {
        self.browser.setup().engine
    }

    /// The WebDriver session.
    pub fn session(&self) -> &WebDriver {
        self.browser.session()
    }

    /// Runs a script in the page.
    pub async fn runs<T: DeserializeOwned>(&self, script: &str, arguments: &[Value]) -> Result<T> {
        Ok(self.session().execute(script, arguments.to_vec()).await?.convert()?)
    }

    /// Sends a command of the DevTools protocol, which only Chromium has.
    pub async fn tells_devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        Ok(self.session().cdp().send_raw(method, parameters).await?)
    }

    /// From now on, an error on the console that contains `part` is no surprise.
    pub fn expects_error(&mut self, part: &str) {
        self.expected_errors.push(part.to_owned());
    }

    /// Closes the browser, and checks what went on behind the page: nothing was asked of another origin, and the
    /// console has no errors.
    pub async fn leaves(mut self) -> Result<()> {
        self.watch.ask(self.engine(), self.browser.session()).await?;
        let origin = self.site.origin();
        self.browser.close(|net_log| self.watch.read(net_log, &origin)).await?;
        self.watch.check(&origin, &self.expected_errors)
    }
}

/// Not every driver takes a line feed for the key that makes one.
fn with_enter(text: &str) -> String {
    text.replace('\n', &Key::Enter.value().to_string())
}

/// The button that says how it went.
fn said(result: &CodeResult) -> Result<&'static str> {
    match result {
        CodeResult::SelfAssessed(SelfAssessment::AllPassed) => Ok("said-all"),
        CodeResult::SelfAssessed(SelfAssessment::SomePassed) => Ok("said-some"),
        CodeResult::SelfAssessed(SelfAssessment::Failed) => Ok("said-none"),
        CodeResult::Rejected(_) | CodeResult::Tested { .. } => bail!("no learner can say {result:?}"),
    }
}

/// The button that scores a row of the rubric.
fn score_button(row: usize, score: Score) -> String {
    format!("score-{row}-{}", score.name())
}

/// The button that asks for the slot of this index.
pub fn slot_tab(slot: usize) -> String {
    format!(".slot-tabs > button:nth-child({})", slot + 1)
}

/// A line that is in no place yet.
pub fn pool_line(line: usize) -> String {
    format!("{}[data-movable='{line}']", named("pool-line"))
}

/// A place for a line.
pub fn gap(gap: usize) -> String {
    format!("{}[data-gap='{gap}']", named("gap"))
}

fn named(name: &str) -> String {
    format!("[data-testid='{name}']")
}

/// The line that an element stands for: by its attribute, or in its words `line 7`.
async fn line_number(part: &WebElement) -> Result<Option<u32>> {
    let number = match part.attr("data-line").await? {
        Some(number) => number,
        None => part.text().await?.trim_start_matches("line ").to_owned(),
    };
    Ok(number.parse().ok())
}

/// Now, in ms since 1970.
///
/// # Errors
/// If the clock is before 1970.
pub fn now() -> Result<u64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as u64)
}
