//! House rules: what is a matter of taste, each with a name, as rustc's lints have it.
//!
//! Truth is none of them: what makes an answer wrong or a page fail has no name here, and is always an error.
//! `problems/README.md` lists them with what each is for.

/// A house rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lint {
    /// A line of code that does not fit on a phone.
    WideLine,
    /// More than a third of a topic predicts an error.
    MostlyErrors,
    /// An explanation that is not as long as explanations are.
    ExplanationLength,
    /// More hints than lead somewhere.
    ManyHints,
    /// Sections in another order.
    SectionOrder,
    /// A title that does not fit on a phone.
    LongTitle,
    /// A title that is a sentence.
    TitleFullStop,
    /// A problem that takes too long.
    LongProblem,
    /// More concepts than one problem is about.
    ManyConcepts,
    /// More references than anybody follows.
    ManyReferences,
    /// A reference whose page has no title.
    UntitledReference,
    /// Few or many options.
    NumberOfOptions,
    /// A wrong option without the belief behind it.
    NoMisconception,
    /// Few or many lines to be spotted.
    NumberOfRoles,
    /// More choices than a slot needs.
    ManyChoices,
    /// More edits than a learner tries.
    ManyWhatIfs,
    /// A name of a what-if that does not fit on a button.
    LongName,
    /// A problem whose texts are hard to read.
    HardToRead,
    /// A sentence that nobody keeps in mind to its end.
    LongSentence,
    /// A condition that begins with its verb.
    InvertedConditional,
    /// A word for a borrow that the compiler does not use.
    LoanForBorrow,
    /// A word that has a better one.
    DiscouragedWord,
    /// Something is not looked at, and nobody says why.
    IgnoreWithoutReason,
    /// A file that is not read.
    StrayFile,
    /// A verdict file without a problem.
    OrphanVerdict,
}

impl Lint {
    /// All of them, in the order of the list.
    pub const ALL: [Lint; 25] = [
        Lint::WideLine,
        Lint::MostlyErrors,
        Lint::ExplanationLength,
        Lint::ManyHints,
        Lint::SectionOrder,
        Lint::LongTitle,
        Lint::TitleFullStop,
        Lint::LongProblem,
        Lint::ManyConcepts,
        Lint::ManyReferences,
        Lint::UntitledReference,
        Lint::NumberOfOptions,
        Lint::NoMisconception,
        Lint::NumberOfRoles,
        Lint::ManyChoices,
        Lint::ManyWhatIfs,
        Lint::LongName,
        Lint::HardToRead,
        Lint::LongSentence,
        Lint::InvertedConditional,
        Lint::LoanForBorrow,
        Lint::DiscouragedWord,
        Lint::IgnoreWithoutReason,
        Lint::StrayFile,
        Lint::OrphanVerdict,
    ];

    /// What messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Lint::WideLine => "wide_line",
            Lint::MostlyErrors => "mostly_errors",
            Lint::ExplanationLength => "explanation_length",
            Lint::ManyHints => "many_hints",
            Lint::SectionOrder => "section_order",
            Lint::LongTitle => "long_title",
            Lint::TitleFullStop => "title_full_stop",
            Lint::LongProblem => "long_problem",
            Lint::ManyConcepts => "many_concepts",
            Lint::ManyReferences => "many_references",
            Lint::UntitledReference => "untitled_reference",
            Lint::NumberOfOptions => "number_of_options",
            Lint::NoMisconception => "no_misconception",
            Lint::NumberOfRoles => "number_of_roles",
            Lint::ManyChoices => "many_choices",
            Lint::ManyWhatIfs => "many_what_ifs",
            Lint::LongName => "long_name",
            Lint::HardToRead => "hard_to_read",
            Lint::LongSentence => "long_sentence",
            Lint::InvertedConditional => "inverted_conditional",
            Lint::LoanForBorrow => "loan_for_borrow",
            Lint::DiscouragedWord => "discouraged_word",
            Lint::IgnoreWithoutReason => "ignore_without_reason",
            Lint::StrayFile => "stray_file",
            Lint::OrphanVerdict => "orphan_verdict",
        }
    }
}
