-- The history of database systems: the systems, who made them, and the papers, awards and deals around them.
-- A NULL means "not recorded here", unless a comment says otherwise.

CREATE TABLE organizations (
    id           INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL UNIQUE,
    kind         TEXT    NOT NULL CHECK (kind IN ('company', 'foundation', 'research institute', 'university')),
    country      TEXT    NOT NULL,               -- where it has, or had, its seat
    founded_year INTEGER CHECK (founded_year BETWEEN 1500 AND 2100)
) STRICT;

CREATE TABLE people (
    id            INTEGER PRIMARY KEY,
    name          TEXT    NOT NULL UNIQUE,
    born_year     INTEGER CHECK (born_year BETWEEN 1900 AND 2010),
    died_year     INTEGER CHECK (died_year >= born_year),   -- NULL as well for the living
    birth_country TEXT
) STRICT;

CREATE TABLE affiliations (
    person_id       INTEGER NOT NULL REFERENCES people (id),
    organization_id INTEGER NOT NULL REFERENCES organizations (id),
    PRIMARY KEY (person_id, organization_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE acquisitions (
    id                   INTEGER PRIMARY KEY,
    acquirer_id          INTEGER NOT NULL REFERENCES organizations (id),
    target_id            INTEGER NOT NULL REFERENCES organizations (id),
    year                 INTEGER NOT NULL CHECK (year BETWEEN 1950 AND 2100),
    price_million_dollars REAL   CHECK (price_million_dollars > 0),  -- NULL: not disclosed, or not recorded
    UNIQUE (acquirer_id, target_id),
    CHECK (acquirer_id <> target_id)
) STRICT;

CREATE TABLE systems (
    id              INTEGER PRIMARY KEY,
    name            TEXT    NOT NULL UNIQUE,
    first_year      INTEGER NOT NULL CHECK (first_year BETWEEN 1950 AND 2100),  -- first release, or first use or paper
    data_model      TEXT    NOT NULL CHECK (data_model IN (
                        'document', 'graph', 'hierarchical', 'key-value', 'network', 'relational', 'search',
                        'time series', 'vector', 'wide column')),
    architecture    TEXT    NOT NULL CHECK (architecture IN (
                        'client-server', 'cloud service', 'distributed', 'embedded')),
    speaks_sql      INTEGER NOT NULL CHECK (speaks_sql IN (0, 1)),
    openness        TEXT    NOT NULL CHECK (openness IN ('open source', 'proprietary', 'source available')),
    licence         TEXT,                        -- an SPDX identifier or a name; NULL for most proprietary systems
    written_in      TEXT,                        -- the main implementation language
    organization_id INTEGER REFERENCES organizations (id)          -- who makes it, or made it; NULL where nobody does
) STRICT;

CREATE INDEX systems_by_organization ON systems (organization_id);

CREATE TABLE system_creators (
    system_id INTEGER NOT NULL REFERENCES systems (id),
    person_id INTEGER NOT NULL REFERENCES people (id),
    PRIMARY KEY (system_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE lineage (
    system_id   INTEGER NOT NULL REFERENCES systems (id),
    ancestor_id INTEGER NOT NULL REFERENCES systems (id),
    kind        TEXT    NOT NULL CHECK (kind IN ('built on', 'fork of', 'inspired by', 'successor of')),
    PRIMARY KEY (system_id, ancestor_id),
    CHECK (system_id <> ancestor_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE releases (
    id              INTEGER PRIMARY KEY,
    system_id       INTEGER NOT NULL REFERENCES systems (id),
    version         TEXT    NOT NULL,
    released_on     TEXT    NOT NULL CHECK (released_on IS date(released_on)),
    support_ends_on TEXT    CHECK (support_ends_on IS NULL OR support_ends_on IS date(support_ends_on)),
    headline        TEXT,                        -- what the release is best known for
    UNIQUE (system_id, version),
    CHECK (support_ends_on > released_on)
) STRICT;

CREATE TABLE venues (
    id      INTEGER PRIMARY KEY,
    acronym TEXT    NOT NULL UNIQUE,
    name    TEXT    NOT NULL,
    kind    TEXT    NOT NULL CHECK (kind IN ('conference', 'journal')),
    field   TEXT    NOT NULL CHECK (field IN ('computing', 'data management', 'distributed systems', 'operating systems'))
) STRICT;

CREATE TABLE papers (
    id           INTEGER PRIMARY KEY,
    title        TEXT    NOT NULL UNIQUE,
    year         INTEGER NOT NULL CHECK (year BETWEEN 1950 AND 2100),
    venue_id     INTEGER NOT NULL REFERENCES venues (id),
    system_id    INTEGER REFERENCES systems (id),          -- the system that the paper describes; NULL where none
    author_count INTEGER NOT NULL CHECK (author_count > 0),
    first_page   INTEGER CHECK (first_page > 0),
    last_page    INTEGER CHECK (last_page >= first_page)
) STRICT;

CREATE INDEX papers_by_year ON papers (year);

CREATE TABLE authorships (
    paper_id  INTEGER NOT NULL REFERENCES papers (id),
    position  INTEGER NOT NULL CHECK (position > 0),       -- 1 is the first author
    person_id INTEGER NOT NULL REFERENCES people (id),
    PRIMARY KEY (paper_id, position),
    UNIQUE (paper_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE citations (
    citing_id INTEGER NOT NULL REFERENCES papers (id),
    cited_id  INTEGER NOT NULL REFERENCES papers (id),
    PRIMARY KEY (citing_id, cited_id),
    CHECK (citing_id <> cited_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE awards (
    id                 INTEGER PRIMARY KEY,
    name               TEXT    NOT NULL UNIQUE,
    given_by           TEXT    NOT NULL,
    first_awarded_year INTEGER NOT NULL CHECK (first_awarded_year BETWEEN 1950 AND 2100)
) STRICT;

CREATE TABLE award_recipients (
    award_id  INTEGER NOT NULL REFERENCES awards (id),
    year      INTEGER NOT NULL CHECK (year BETWEEN 1950 AND 2100),
    person_id INTEGER NOT NULL REFERENCES people (id),
    system_id INTEGER REFERENCES systems (id),             -- the system the award was given for; NULL where none
    PRIMARY KEY (award_id, year, person_id)
) STRICT, WITHOUT ROWID;
