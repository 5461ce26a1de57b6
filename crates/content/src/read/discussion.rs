//! The sections of a `discuss`: what an interviewer looks for, asks next, and hears too often.

use std::ops::{Range, RangeInclusive};

use quiz::discussion::Criterion;

use crate::mistake::{self, Mistake};
use crate::read::body::Reader;
use crate::read::sections::{Section, Text};
use crate::source::Spanned;
use crate::spelling::{alternatives, count, nearest};

const ROWS: RangeInclusive<usize> = 4..=7;
const HOW_A_ROW_IS: &str = "write `- **Trade-offs:** Says what …`";

/// What an author wrote to score an answer by.
#[derive(Clone, Debug)]
pub(crate) struct WrittenDiscussion {
    pub(crate) clarify: Option<Text>,
    pub(crate) rubric: Vec<(Criterion, Text)>,
    pub(crate) follow_ups: Vec<(Spanned<String>, Text)>,
    pub(crate) mistakes: Vec<(Spanned<String>, Text)>,
}

impl Reader<'_> {
    /// What a `discuss` is scored by. `None` if something is wrong with it, which has been reported.
    pub(crate) fn discussion(&mut self) -> Option<WrittenDiscussion> {
        let before = mistake::errors(self.mistakes);
        let discussion = WrittenDiscussion {
            clarify: self.sections.texts(Section::Clarify).into_iter().next(),
            rubric: self.rubric(),
            follow_ups: self.titled(Section::FollowUp),
            mistakes: self.titled(Section::Mistake),
        };
        (mistake::errors(self.mistakes) == before).then_some(discussion)
    }

    /// The rows: the items of one list, each with a criterion in front.
    fn rubric(&mut self) -> Vec<(Criterion, Text)> {
        let Some(part) = self.sections.all(Section::Rubric).first().copied() else { return Vec::new() };
        let (heading, content) = (part.heading.clone(), part.content.clone());
        let inside = |place: usize| content.contains(&place);
        let lists = self.outline.lists.iter().filter(|list| inside(list.span.start));
        let items: Vec<Range<usize>> = lists.flat_map(|list| &list.items).map(|item| item.span.clone()).collect();
        if !ROWS.contains(&items.len()) && !self.source.text[content.clone()].trim().is_empty() {
            let title = format!("the rubric has {}", count(items.len(), "row"));
            let label = format!("{} to {} can be scored", ROWS.start(), ROWS.end());
            self.mistakes.push(Mistake::at(self.source, heading, title, label).help(HOW_A_ROW_IS));
        }
        if let Some(other) = self.outline.others.iter().find(|other| inside(other.start)).cloned() {
            let place = self.source.line_around(other.start);
            self.mistakes.push(Mistake::at(self.source, place, "text that belongs to no row", "").help(HOW_A_ROW_IS));
        }
        items.into_iter().filter_map(|item| self.row(item)).collect()
    }

    fn row(&mut self, item: Range<usize>) -> Option<(Criterion, Text)> {
        let written = &self.source.text[item.clone()];
        let marked = written.trim_start_matches(['-', '*', '+', ' ']);
        let is_strong = written[..written.len() - marked.len()].ends_with("**");
        let Some((word, text)) = marked.split_once(":**").filter(|_| is_strong) else {
            let place = self.source.line_around(item.start);
            let mistake = Mistake::at(self.source, place, "a row without a criterion", "what is it about?");
            self.mistakes.push(mistake.help(HOW_A_ROW_IS));
            return None;
        };
        let Some(criterion) = Criterion::from_label(word) else {
            let place = self.source.line_around(item.start);
            let known = || Criterion::ALL.into_iter().map(Criterion::label);
            let remedy = match nearest(word, known()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("write {}", alternatives(known())),
            };
            let title = format!("there is no criterion `{word}`");
            self.mistakes.push(Mistake::at(self.source, place, title, "").help(remedy));
            return None;
        };
        let span = item.end - text.len()..item.end;
        Some((criterion, Text { span, markdown: text.trim().to_owned() }))
    }

    /// All sections of this name: each a heading and what stands below.
    fn titled(&mut self, section: Section) -> Vec<(Spanned<String>, Text)> {
        let parts = self.sections.all(section).into_iter();
        let parts: Vec<_> = parts.map(|part| (part.heading.clone(), part.content.clone())).collect();
        parts.into_iter().filter_map(|(heading, content)| self.one_titled(section, heading, &content)).collect()
    }

    fn one_titled(
        &mut self,
        section: Section,
        heading: Range<usize>,
        content: &Range<usize>,
    ) -> Option<(Spanned<String>, Text)> {
        let inside: Vec<_> = self.outline.headings.iter().filter(|found| content.contains(&found.span.start)).collect();
        let title = match inside.as_slice() {
            [title] if self.source.text[content.start..title.span.start].trim().is_empty() => title.span.clone(),
            _ if self.source.text[content.clone()].trim().is_empty() => return None,
            _ => {
                let title = format!("`## {}` needs one heading of its own", section.heading());
                let remedy = match section {
                    Section::FollowUp => "begin it with the question: `### And if a region fails?`",
                    _ => "begin it with what candidates do: `### Starts with the database`",
                };
                self.mistakes.push(Mistake::at(self.source, heading, title, "").help(remedy));
                return None;
            }
        };
        let words = self.source.text[title.clone()].trim().trim_start_matches('#').trim().to_owned();
        let markdown = self.source.text[title.end..content.end].trim_matches('\n').trim_end().to_owned();
        let name = Spanned { value: words, span: self.source.line_around(title.start) };
        if markdown.is_empty() {
            let mistake = Mistake::at(self.source, name.span.clone(), "nothing stands below this heading", "");
            self.mistakes.push(mistake.help("say it in two or three sentences"));
        }
        Some((name, Text { span: title.end..content.end, markdown }))
    }
}
