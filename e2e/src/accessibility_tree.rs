//! The page as the browser hands it to assistive technology: a tree of roles, names and states. Only Chromium tells it.
//!
//! What is ignored is left out, and so is what only groups: its children stand in its place.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::learner::Learner;

/// Goes on when two frames have been drawn: the first may have been under way before.
const DRAWN: &str = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));";

/// The tree of a page.
#[derive(Clone, Debug)]
pub struct Tree {
    root: Node,
}

/// Something on the page, as it is read aloud.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Its role, such as `button`, `heading` or `StaticText`.
    pub role: String,
    /// Its name.
    pub name: String,
    /// What is said of it besides.
    pub description: String,
    /// What is filled in, or how far it is.
    pub value: String,
    /// Its states and properties as the browser names them, such as `checked`, `expanded`, `level` or `live`.
    properties: BTreeMap<String, String>,
    /// What is in it.
    pub children: Vec<Node>,
}

impl Tree {
    /// The tree of the page as it is once what has changed is drawn: only then it is known what is out of sight, and what a browser
    /// leaves out for that (`content-visibility: auto`).
    ///
    /// # Errors
    /// If the browser does not tell it.
    pub async fn of(learner: &Learner) -> Result<Tree> {
        learner.session().execute_async(DRAWN, Vec::new()).await?;
        let told = learner.tells_devtools("Accessibility.getFullAXTree", json!({})).await?;
        let told: Told = serde_json::from_value(told).context("the accessibility tree cannot be read")?;
        let by_id: BTreeMap<&str, &ToldNode> = told.nodes.iter().map(|node| (&*node.node_id, node)).collect();
        let root = told.nodes.first().context("the accessibility tree is empty")?;
        let children = children_of(root, &by_id);
        Ok(Tree { root: Node { children, ..Node::from(root) } })
    }

    /// What is on the whole page.
    pub fn page(&self) -> &Node {
        &self.root
    }

    /// The only part of the page with this role and this name.
    ///
    /// # Errors
    /// If there is none or more than one; the message has the whole tree.
    pub fn find(&self, role: &str, name: &str) -> Result<&Node> {
        self.root.find(role, name)
    }
}

impl Node {
    /// The only part within this one with this role and this name.
    ///
    /// # Errors
    /// If there is none or more than one; the message has all that is within.
    pub fn find(&self, role: &str, name: &str) -> Result<&Node> {
        let found: Vec<&Node> = self.all(role).into_iter().filter(|node| node.name == name).collect();
        match found[..] {
            [one] => Ok(one),
            _ => bail!("there are {} of {role} “{name}” in:\n{self}", found.len()),
        }
    }

    /// All parts within this one with this role, in the order in which they are read.
    pub fn all(&self, role: &str) -> Vec<&Node> {
        self.parts().into_iter().filter(|node| node.role == role).collect()
    }

    /// The names of all parts with this role.
    pub fn names(&self, role: &str) -> Vec<&str> {
        self.all(role).into_iter().map(|node| &*node.name).collect()
    }

    /// What the browser says of a state or a property, such as `checked`; nothing where it does not apply.
    pub fn property(&self, name: &str) -> Option<&str> {
        self.properties.get(name).map(|value| &**value)
    }

    /// Checks a state.
    ///
    /// # Errors
    /// If it is another one.
    pub fn is(&self, property: &str, expected: &str) -> Result<&Node> {
        let found = self.property(property);
        ensure!(found == Some(expected), "{property} is {found:?}, not {expected}, of:\n{self}");
        Ok(self)
    }

    /// All that is read within this one, one text after the other.
    pub fn text(&self) -> String {
        self.names("StaticText").join(" ")
    }

    /// Everything within this one, in the order in which it is read.
    pub fn parts(&self) -> Vec<&Node> {
        self.children.iter().flat_map(|child| std::iter::once(child).chain(child.parts())).collect()
    }

    fn is_heard(&self) -> bool {
        let only_groups = matches!(&*self.role, "generic" | "none" | "InlineTextBox" | "LineBreak");
        !only_groups || self.properties.contains_key("live")
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        write!(f, "{:1$}{2}", "", 2 * depth, self.role)?;
        if !self.name.is_empty() {
            write!(f, " “{}”", self.name)?;
        }
        for (what, text) in [("description", &self.description), ("value", &self.value)] {
            if !text.is_empty() {
                write!(f, " {what}=“{text}”")?;
            }
        }
        for (name, value) in &self.properties {
            write!(f, " {name}={value}")?;
        }
        writeln!(f)?;
        self.children.iter().try_for_each(|child| child.write(f, depth + 1))
    }
}

/// Indented, a part a line.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

/// What the browser tells.
#[derive(Deserialize)]
struct Told {
    nodes: Vec<ToldNode>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToldNode {
    node_id: String,
    ignored: bool,
    #[serde(default)]
    role: ToldValue,
    #[serde(default)]
    name: ToldValue,
    #[serde(default)]
    description: ToldValue,
    #[serde(default)]
    value: ToldValue,
    #[serde(default)]
    properties: Vec<ToldProperty>,
    #[serde(default)]
    child_ids: Vec<String>,
}

#[derive(Default, Deserialize)]
struct ToldValue {
    value: Option<Value>,
}

#[derive(Deserialize)]
struct ToldProperty {
    name: String,
    value: ToldValue,
}

impl ToldValue {
    fn text(&self) -> String {
        match &self.value {
            None => String::new(),
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(other) => other.to_string(),
        }
    }
}

impl From<&ToldNode> for Node {
    fn from(told: &ToldNode) -> Node {
        let said = told.properties.iter().filter(|property| SAID.contains(&&*property.name));
        Node {
            role: told.role.text(),
            name: told.name.text(),
            description: told.description.text(),
            value: told.value.text(),
            properties: said.map(|property| (property.name.clone(), property.value.text())).collect(),
            children: Vec::new(),
        }
    }
}

/// The states and properties that are read aloud or that change what is; the others say where the browser found what.
const SAID: [&str; 13] = [
    "checked",
    "pressed",
    "selected",
    "expanded",
    "disabled",
    "level",
    "live",
    "modal",
    "focused",
    "keyshortcuts",
    "valuemin",
    "valuemax",
    "valuetext",
];

fn children_of(told: &ToldNode, by_id: &BTreeMap<&str, &ToldNode>) -> Vec<Node> {
    let children = told.child_ids.iter().filter_map(|id| by_id.get(&**id));
    children.flat_map(|child| heard(child, by_id)).collect()
}

/// A part with what is in it, or only what is in it where it is not heard itself.
fn heard(told: &ToldNode, by_id: &BTreeMap<&str, &ToldNode>) -> Vec<Node> {
    let node = Node { children: children_of(told, by_id), ..Node::from(told) };
    if told.ignored || !node.is_heard() { node.children } else { vec![node] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Node {
        let nodes = json!([
            { "nodeId": "1", "ignored": false, "role": { "value": "RootWebArea" }, "childIds": ["2"] },
            { "nodeId": "2", "ignored": true, "childIds": ["3", "5"] },
            { "nodeId": "3", "ignored": false, "role": { "value": "generic" }, "childIds": ["4"] },
            { "nodeId": "4", "ignored": false, "role": { "value": "radio" }, "name": { "value": " Prints " },
              "properties": [{ "name": "checked", "value": { "value": "true" } }, { "name": "url", "value": { "value": "x" } }] },
            { "nodeId": "5", "ignored": false, "role": { "value": "generic" }, "childIds": ["6"],
              "properties": [{ "name": "live", "value": { "value": "polite" } }] },
            { "nodeId": "6", "ignored": false, "role": { "value": "StaticText" }, "name": { "value": "Copied." } },
        ]);
        let nodes: Vec<ToldNode> = serde_json::from_value(nodes).expect("nodes");
        let by_id = nodes.iter().map(|node| (&*node.node_id, node)).collect();
        heard(&nodes[0], &by_id).pop().expect("a root")
    }

    #[test]
    fn what_is_not_heard_is_left_out_and_its_children_are_not() {
        let expected = "RootWebArea\n  radio “Prints” checked=true\n  generic live=polite\n    StaticText “Copied.”\n";
        assert_eq!(tree().to_string(), expected);
    }

    #[test]
    fn a_part_is_found_by_role_and_name() {
        let tree = tree();
        let radio = tree.find("radio", "Prints").expect("it is there");
        assert!(radio.is("checked", "true").is_ok() && radio.is("checked", "false").is_err());
        let missing = tree.find("radio", "Panics").expect_err("it is not there").to_string();
        assert!(missing.starts_with("there are 0 of radio “Panics” in:\nRootWebArea\n"), "{missing}");
        assert_eq!(tree.text(), "Copied.");
    }
}
