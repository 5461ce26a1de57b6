//! The answer of a `spot`: the error of the program and the lines that play a role in it.

use quiz::role::Role;

use crate::lint::Lint;
use crate::mistake::Mistake;
use crate::read::keys::{CODE, ERROR, error, line};
use crate::read::statement::StatedAnswer;
use crate::read::table::Table;
use crate::source::Spanned;
use crate::spelling::count;

/// How many lines are asked for.
const ROLES: std::ops::RangeInclusive<usize> = 2..=4;

/// Reads `[answer]`.
pub(crate) fn read(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<StatedAnswer> {
    table.only(&[CODE, ERROR, "roles"], mistakes);
    let code = error(table, mistakes);
    let Some(span) = table.key("roles") else {
        mistakes.push(
            table
                .mistake(table.span(), "`roles` is missing", "a `spot` asks for lines")
                .help("add two to four `[[answer.roles]]`, each with a `role` and a `line`"),
        );
        return None;
    };
    let tables = table.tables("roles", "a role", mistakes);
    let stated = tables.len();
    if !ROLES.contains(&stated) {
        let label = format!("{} to {} are good", ROLES.start(), ROLES.end());
        let mistake = table.mistake(span, format!("`spot` asks for {}", count(stated, "line")), label);
        mistakes.push(if stated == 0 { mistake } else { mistake.lint(Lint::NumberOfRoles) });
    }
    let roles: Vec<_> = tables.iter().filter_map(|role| role_line(role, mistakes)).collect();
    distinct_roles(table, &roles, mistakes);
    // With a role left out, comparing the others would still be right, but the answer as a whole is not known.
    (roles.len() == stated).then_some(StatedAnswer::Spot { code: code?, roles })
}

fn role_line(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<(Spanned<Role>, Spanned<u32>)> {
    table.only(&["role", "line"], mistakes);
    let names = Role::ALL.map(Role::name);
    let role = table.required_word("role", &names, Role::from_name, mistakes);
    let line = line(table, mistakes);
    Some((role?, line?))
}

fn distinct_roles(table: &Table<'_>, roles: &[(Spanned<Role>, Spanned<u32>)], mistakes: &mut Vec<Mistake>) {
    for (index, (role, line)) in roles.iter().enumerate() {
        let earlier = &roles[..index];
        if let Some((first, _)) = earlier.iter().find(|(other, _)| other.value == role.value) {
            let title = format!("the role `{}` is asked for twice", role.value.name());
            mistakes.push(table.mistake(role.span.clone(), title, "again here").and(
                table.source(),
                first.span.clone(),
                "first here",
            ));
        }
        if let Some((_, first)) = earlier.iter().find(|(_, other)| other.value == line.value) {
            let title = format!("line {} plays two roles", line.value);
            mistakes.push(
                table
                    .mistake(line.span.clone(), title, "again here")
                    .and(table.source(), first.span.clone(), "first here")
                    .help("each role needs a line of its own: leave one out, or split the line of the program"),
            );
        }
    }
}
