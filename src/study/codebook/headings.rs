//! Headings of codebooks: ours, those of programs for coding, and those of methods books, in English, German, French and Spanish.
//!
//! One table, because the column below an unknown heading is lost.

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    /// Its name.
    Name,
    /// The name of a theme below that of [`Self::Name`], which is then the parent.
    Subname,
    /// A broader term: the parent where another column has the name, otherwise the name.
    Category,
    /// The path of a theme: the names of all themes above it and its own.
    Path,
    /// The theme above it.
    Parent,
    /// An identifier that other rows refer to.
    Id,
    /// The identifier of the theme above it.
    ParentId,
    /// The definition.
    Definition,
    /// When to use it.
    Include,
    /// When not to use it.
    Exclude,
    /// Sentences as people say them.
    Examples,
    /// Words and phrases that people use for it.
    Keywords,
    /// Seed or emergent, in a workbook that a run wrote.
    Kind,
    /// A reviewer's verdict.
    Keep,
    /// A reviewer's verdict.
    RenameTo,
    /// A reviewer's verdict.
    MergeWith,
    /// A reviewer's verdict.
    NewDefinition,
    /// Counts, colours, dates and the like, which are ignored.
    Bookkeeping,
}

/// The headings of our own files: as compared, and as shown in messages.
pub(super) const OURS: [(&str, &str); 13] = [
    ("theme", "theme"),
    ("name", "name"),
    ("kind", "kind"),
    ("definition", "definition"),
    ("include", "include"),
    ("exclude", "exclude"),
    ("examples", "examples"),
    ("keywords", "keywords"),
    ("parent", "parent"),
    ("keep", "keep?"),
    ("renameto", "rename to"),
    ("mergewith", "merge with"),
    ("newdefinition", "new definition"),
];

/// Headings by field, the preferred ones first, without case, blanks and marks.
const KNOWN: &[(Field, &[&str])] = &[
    (
        Field::Name,
        &[
            "theme",
            "name",
            "code",
            "codename",
            "tag",
            "title",
            "node",
            "nodename",
            "label",
            "topic", //
            "thema",
            "kode",
            "codebezeichnung",
            "bezeichnung",
            "titel",
            "knoten",
            "etikett", //
            "nom",
            "thème",
            "titre",
            "nœud",
            "noeud",
            "étiquette",
            "intitulé",
            "nomducode", //
            "nombre",
            "código",
            "codigo",
            "tema",
            "título",
            "nodo",
            "etiqueta",
            "nombredelcódigo",
        ],
    ),
    (
        Field::Subname,
        &[
            "subcode",
            "subtheme",
            "subcategory",
            "childcode", //
            "untercode",
            "subkode",
            "unterkategorie",
            "subkategorie",
            "unterthema", //
            "souscode",
            "sousthème",
            "souscatégorie", //
            "subcódigo",
            "subtema",
            "subcategoría",
        ],
    ),
    (Field::Category, &["category", "kategorie", "catégorie", "categoría", "categoria", "dimension"]),
    (
        Field::Path,
        &["path", "codepath", "hierarchicalname", "fullname", "pfad", "codepfad", "chemin", "ruta"],
    ),
    (
        Field::Parent,
        &[
            "parent",
            "parentcode",
            "parentname",
            "parenttheme",
            "parentnode",
            "parentcategory", //
            "codegroup",
            "codegroups",
            "group",
            "groups",
            "codefamily",
            "family", //
            "obercode",
            "oberkategorie",
            "hauptkategorie",
            "oberthema",
            "übergeordnetercode",
            "kodegruppen", //
            "codegruppen",
            "gruppen",
            "gruppe", //
            "codeparent",
            "thèmeparent",
            "catégorieparente",
            "groupesdecodes",
            "groupes",
            "groupe", //
            "códigopadre",
            "códigosuperior",
            "categoríasuperior",
            "gruposdecódigos",
            "grupos",
            "grupo",
        ],
    ),
    (Field::Id, &["id", "cid", "codeid", "guid"]),
    (Field::ParentId, &["parentid", "parentguid"]),
    (
        Field::Definition,
        &[
            "definition",
            "fulldefinition",
            "codedefinition",
            "description",
            "codedescription",
            "meaning", //
            "explanation",
            "briefdefinition",
            "memo",
            "codememo",
            "comment",
            "comments", //
            "beschreibung",
            "codebeschreibung",
            "erläuterung",
            "bedeutung",
            "kommentar",
            "codekommentar", //
            "définition",
            "descriptif",
            "commentaire",
            "mémo",
            "mémoducode", //
            "definición",
            "descripción",
            "comentario",
        ],
    ),
    (
        Field::Include,
        &[
            "include",
            "inclusion",
            "inclusioncriteria",
            "whentouse",
            "usewhen",
            "codingrule",
            "codingrules", //
            "kodierregel",
            "kodierregeln",
            "codierregel",
            "codierregeln",
            "anwendung",
            "einschluss",          //
            "einschlusskriterien", //
            "inclure",
            "quandutiliser",
            "critèresdinclusion",
            "règledecodage", //
            "incluir",
            "cuándousar",
            "criteriosdeinclusión",
            "regladecodificación",
        ],
    ),
    (
        Field::Exclude,
        &[
            "exclude",
            "exclusion",
            "exclusioncriteria",
            "whennottouse",
            "donotusewhen", //
            "ausschluss",
            "ausschlusskriterien",
            "abgrenzung", //
            "exclure",
            "quandnepasutiliser",
            "critèresdexclusion", //
            "excluir",
            "cuándonousar",
            "criteriosdeexclusión",
        ],
    ),
    (
        Field::Examples,
        &[
            "examples",
            "example",
            "exampletext",
            "examplequote",
            "typicalquote",
            "anchorexample", //
            "beispiele",
            "beispiel",
            "ankerbeispiel",
            "ankerbeispiele", //
            "exemples",
            "exemple",
            "verbatim",
            "verbatims", //
            "ejemplos",
            "ejemplo",
        ],
    ),
    (
        Field::Keywords,
        &[
            "keywords",
            "keyword",
            "searchterms", //
            "schlüsselwörter",
            "schlagwörter",
            "stichwörter",
            "suchbegriffe", //
            "motsclés",
            "motclé", //
            "palabrasclave",
        ],
    ),
    (Field::Kind, &["kind"]),
    (Field::Keep, &["keep"]),
    (Field::RenameTo, &["renameto"]),
    (Field::MergeWith, &["mergewith"]),
    (Field::NewDefinition, &["newdefinition"]),
    (
        Field::Bookkeeping,
        &[
            "color",
            "colour",
            "farbe",
            "couleur",
            "numberofhighlights",
            "numberofdocuments",
            "files",
            "references", //
            "sources",
            "dateien",
            "referenzen",
            "fichiers",
            "références",
            "archivos",
            "referencias",
            "grounded", //
            "density",
            "fundiertheit",
            "dichte",
            "enracinement",
            "densité",
            "enraizamiento",
            "densidad",
            "frequency", //
            "count",
            "codings",
            "codedsegments",
            "codiertesegmente",
            "documents",
            "dokumente",
            "created",
            "createdby", //
            "createdon",
            "modified",
            "modifiedby",
            "modifiedon",
            "author",
            "owner",
            "erstellt",
            "erstelltam", //
            "erstelltvon",
            "geändert",
            "geändertam",
            "geändertvon",
            "autor",
            "auteur",
            "crééle",
            "créépar",
            "modifiéle", //
            "modifiépar",
            "creadoel",
            "creadopor",
            "modificadoel",
            "modificadopor",
            "depth",
            "weighted", //
            "weightminimum",
            "weightmaximum",
            "weightdefault",
            "nickname",
            "aggregate",
            "memolink", //
            "wordsfound",
            "segments",
            "shareofsegments",
            "interviews",
            "shareofinterviews",
            "centralquotes", //
            "borderlinequotes",
            "notes",
        ],
    ),
];

/// A heading without case, blanks, marks and what is in brackets: "Keep? (yes, no)" is `keep`.
pub(super) fn folded(heading: &str) -> String {
    let before_brackets = heading.split('(').next().unwrap_or_default();
    before_brackets.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The meaning of a folded heading, and its rank among those with this meaning.
pub(super) fn field_of(folded: &str) -> Option<(Field, usize)> {
    KNOWN.iter().find_map(|(field, headings)| {
        headings.iter().position(|heading| *heading == folded).map(|rank| (*field, rank))
    })
}

/// One of our headings as shown to people.
pub(super) fn shown(folded: &str) -> &str {
    OURS.iter().find(|(known, _)| *known == folded).map_or(folded, |(_, shown)| shown)
}

/// The headings that are understood, as a sentence.
pub(super) const UNDERSTOOD: &str = "understood are `name` (or theme, code, tag, title, Thema, nom, nombre), `definition` (or description, memo, \
     comment, Beschreibung, descripción), `include`, `exclude`, `examples`, `keywords`, `parent` (or parent code, \
     group, Obercode, code parent, código padre) and `path`";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_heading_means_one_thing_and_is_written_as_it_is_compared() {
        let all: Vec<&str> = KNOWN.iter().flat_map(|(_, headings)| *headings).copied().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(all.iter().all(|heading| folded(heading) == **heading));
        assert!(OURS.iter().all(|(heading, shown)| folded(shown) == *heading && field_of(heading).is_some()));
    }
}
