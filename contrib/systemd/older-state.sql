-- A state as version a6ccb91 left it on 2026-11-25: its first three migrations, the sample with a dozen golden records, and
-- a job at the provider. What the provider calls the job and its file takes the place of the names between @. Replies
-- kept for clients that ask again are left out.
PRAGMA foreign_keys=OFF;
PRAGMA application_id=1718514788;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('0001 connections, tables, records, finetunings');
INSERT INTO grdb_migrations VALUES('0002 replies that are kept');
INSERT INTO grdb_migrations VALUES('0003 ledger of provider objects');
CREATE TABLE database_connections (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 12),
    alias TEXT NOT NULL UNIQUE,
    connection_uri TEXT,
    dialect TEXT NOT NULL,
    schemas TEXT NOT NULL CHECK (json_type(schemas) = 'array'),
    api_key_ciphertext BLOB,
    api_key_hint TEXT,
    metadata TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK ((api_key_ciphertext IS NULL) = (api_key_hint IS NULL))
) STRICT;
INSERT INTO database_connections VALUES(X'6b075a9b5f1ec55c445a4669','sample','sqlite:///srv/shop/sample.sqlite','sqlite','[]',NULL,NULL,NULL,1795644059965723,1795644059965723);
CREATE TABLE table_descriptions (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 12),
    connection_id BLOB NOT NULL REFERENCES database_connections (id) ON DELETE CASCADE,
    schema_name TEXT,
    table_name TEXT NOT NULL,
    table_schema TEXT NOT NULL,
    description TEXT,
    columns TEXT NOT NULL CHECK (json_type(columns) = 'array'),
    sample_rows TEXT NOT NULL CHECK (json_type(sample_rows) = 'array'),
    status TEXT NOT NULL CHECK (status IN ('not_scanned', 'scanned', 'deprecated')),
    metadata TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2e2',X'6b075a9b5f1ec55c445a4669',NULL,'acquisitions',replace('CREATE TABLE acquisitions (\n    id                   INTEGER PRIMARY KEY,\n    acquirer_id          INTEGER NOT NULL REFERENCES organizations (id),\n    target_id            INTEGER NOT NULL REFERENCES organizations (id),\n    year                 INTEGER NOT NULL CHECK (year BETWEEN 1950 AND 2100),\n    price_million_dollars REAL   CHECK (price_million_dollars > 0),  -- NULL: not disclosed, or not recorded\n    UNIQUE (acquirer_id, target_id),\n    CHECK (acquirer_id <> target_id)\n) STRICT','\n',char(10)),NULL,'[{"dataType":"INTEGER","isPrimaryKey":true,"lowCardinality":false,"name":"id"},{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"organizations"},"isPrimaryKey":false,"lowCardinality":false,"name":"acquirer_id"},{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"organizations"},"isPrimaryKey":false,"lowCardinality":false,"name":"target_id"},{"dataType":"INTEGER","isPrimaryKey":false,"lowCardinality":false,"name":"year"},{"dataType":"REAL","isPrimaryKey":false,"lowCardinality":false,"name":"price_million_dollars"}]','[[{"column":"id","integer":1},{"column":"acquirer_id","integer":36},{"column":"target_id","integer":37},{"column":"year","integer":1990},{"column":"price_million_dollars"}],[{"column":"id","integer":2},{"column":"acquirer_id","integer":38},{"column":"target_id","integer":36},{"column":"year","integer":1994},{"column":"price_million_dollars"}],[{"column":"id","integer":3},{"column":"acquirer_id","integer":33},{"column":"target_id","integer":34},{"column":"year","integer":1996},{"column":"price_million_dollars"}]]','scanned',NULL,1795644060018846,1795644060018846);
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2e3',X'6b075a9b5f1ec55c445a4669',NULL,'affiliations',replace('CREATE TABLE affiliations (\n    person_id       INTEGER NOT NULL REFERENCES people (id),\n    organization_id INTEGER NOT NULL REFERENCES organizations (id),\n    PRIMARY KEY (person_id, organization_id)\n) STRICT, WITHOUT ROWID','\n',char(10)),NULL,'[{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"people"},"isPrimaryKey":true,"lowCardinality":false,"name":"person_id"},{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"organizations"},"isPrimaryKey":true,"lowCardinality":false,"name":"organization_id"}]','[[{"column":"person_id","integer":1},{"column":"organization_id","integer":1}],[{"column":"person_id","integer":2},{"column":"organization_id","integer":27}],[{"column":"person_id","integer":2},{"column":"organization_id","integer":28}]]','scanned',NULL,1795644060018846,1795644060018846);
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2e4',X'6b075a9b5f1ec55c445a4669',NULL,'authorships',replace('CREATE TABLE authorships (\n    paper_id  INTEGER NOT NULL REFERENCES papers (id),\n    position  INTEGER NOT NULL CHECK (position > 0),       -- 1 is the first author\n    person_id INTEGER NOT NULL REFERENCES people (id),\n    PRIMARY KEY (paper_id, position),\n    UNIQUE (paper_id, person_id)\n) STRICT, WITHOUT ROWID','\n',char(10)),NULL,'[{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"papers"},"isPrimaryKey":true,"lowCardinality":false,"name":"paper_id"},{"dataType":"INTEGER","isPrimaryKey":true,"lowCardinality":false,"name":"position"},{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"people"},"isPrimaryKey":false,"lowCardinality":false,"name":"person_id"}]','[[{"column":"paper_id","integer":1},{"column":"position","integer":1},{"column":"person_id","integer":1}],[{"column":"paper_id","integer":2},{"column":"position","integer":1},{"column":"person_id","integer":137}],[{"column":"paper_id","integer":3},{"column":"position","integer":1},{"column":"person_id","integer":11}]]','scanned',NULL,1795644060018846,1795644060018846);
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2e5',X'6b075a9b5f1ec55c445a4669',NULL,'award_recipients',replace('CREATE TABLE award_recipients (\n    award_id  INTEGER NOT NULL REFERENCES awards (id),\n    year      INTEGER NOT NULL CHECK (year BETWEEN 1950 AND 2100),\n    person_id INTEGER NOT NULL REFERENCES people (id),\n    system_id INTEGER REFERENCES systems (id),             -- the system the award was given for; NULL where none\n    PRIMARY KEY (award_id, year, person_id)\n) STRICT, WITHOUT ROWID','\n',char(10)),NULL,'[{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"awards"},"isPrimaryKey":true,"lowCardinality":false,"name":"award_id"},{"dataType":"INTEGER","isPrimaryKey":true,"lowCardinality":false,"name":"year"},{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"people"},"isPrimaryKey":true,"lowCardinality":false,"name":"person_id"},{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"systems"},"isPrimaryKey":false,"lowCardinality":false,"name":"system_id"}]','[[{"column":"award_id","integer":1},{"column":"year","integer":1973},{"column":"person_id","integer":2},{"column":"system_id"}],[{"column":"award_id","integer":1},{"column":"year","integer":1981},{"column":"person_id","integer":1},{"column":"system_id"}],[{"column":"award_id","integer":1},{"column":"year","integer":1998},{"column":"person_id","integer":3},{"column":"system_id"}]]','scanned',NULL,1795644060018846,1795644060018846);
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2e6',X'6b075a9b5f1ec55c445a4669',NULL,'awards',replace('CREATE TABLE awards (\n    id                 INTEGER PRIMARY KEY,\n    name               TEXT    NOT NULL UNIQUE,\n    given_by           TEXT    NOT NULL,\n    first_awarded_year INTEGER NOT NULL CHECK (first_awarded_year BETWEEN 1950 AND 2100)\n) STRICT','\n',char(10)),NULL,'[{"dataType":"INTEGER","isPrimaryKey":true,"lowCardinality":false,"name":"id"},{"categories":["ACM A.M. Turing Award","ACM Prize in Computing","ACM Software System Award","SIGMOD Edgar F. Codd Innovations Award"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"name"},{"categories":["ACM","ACM SIGMOD"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"given_by"},{"dataType":"INTEGER","isPrimaryKey":false,"lowCardinality":false,"name":"first_awarded_year"}]','[[{"column":"id","integer":1},{"column":"name","text":"ACM A.M. Turing Award"},{"column":"given_by","text":"ACM"},{"column":"first_awarded_year","integer":1966}],[{"column":"id","integer":2},{"column":"name","text":"SIGMOD Edgar F. Codd Innovations Award"},{"column":"given_by","text":"ACM SIGMOD"},{"column":"first_awarded_year","integer":1992}],[{"column":"id","integer":3},{"column":"name","text":"ACM Software System Award"},{"column":"given_by","text":"ACM"},{"column":"first_awarded_year","integer":1983}]]','scanned',NULL,1795644060018846,1795644060018846);
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2e7',X'6b075a9b5f1ec55c445a4669',NULL,'citations',replace('CREATE TABLE citations (\n    citing_id INTEGER NOT NULL REFERENCES papers (id),\n    cited_id  INTEGER NOT NULL REFERENCES papers (id),\n    PRIMARY KEY (citing_id, cited_id),\n    CHECK (citing_id <> cited_id)\n) STRICT, WITHOUT ROWID','\n',char(10)),NULL,'[{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"papers"},"isPrimaryKey":true,"lowCardinality":false,"name":"citing_id"},{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"papers"},"isPrimaryKey":true,"lowCardinality":false,"name":"cited_id"}]','[[{"column":"citing_id","integer":5},{"column":"cited_id","integer":1}],[{"column":"citing_id","integer":6},{"column":"cited_id","integer":1}],[{"column":"citing_id","integer":7},{"column":"cited_id","integer":1}]]','scanned',NULL,1795644060018846,1795644060018846);
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2e8',X'6b075a9b5f1ec55c445a4669',NULL,'lineage',replace('CREATE TABLE lineage (\n    system_id   INTEGER NOT NULL REFERENCES systems (id),\n    ancestor_id INTEGER NOT NULL REFERENCES systems (id),\n    kind        TEXT    NOT NULL CHECK (kind IN (''built on'', ''fork of'', ''inspired by'', ''successor of'')),\n    PRIMARY KEY (system_id, ancestor_id),\n    CHECK (system_id <> ancestor_id)\n) STRICT, WITHOUT ROWID','\n',char(10)),NULL,'[{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"systems"},"isPrimaryKey":true,"lowCardinality":false,"name":"system_id"},{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"systems"},"isPrimaryKey":true,"lowCardinality":false,"name":"ancestor_id"},{"categories":["built on","fork of","inspired by","successor of"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"kind"}]','[[{"column":"system_id","integer":3},{"column":"ancestor_id","integer":1},{"column":"kind","text":"successor of"}],[{"column":"system_id","integer":6},{"column":"ancestor_id","integer":5},{"column":"kind","text":"inspired by"}],[{"column":"system_id","integer":8},{"column":"ancestor_id","integer":5},{"column":"kind","text":"successor of"}]]','scanned',NULL,1795644060018846,1795644060018846);
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2e9',X'6b075a9b5f1ec55c445a4669',NULL,'organizations',replace('CREATE TABLE organizations (\n    id           INTEGER PRIMARY KEY,\n    name         TEXT    NOT NULL UNIQUE,\n    kind         TEXT    NOT NULL CHECK (kind IN (''company'', ''foundation'', ''research institute'', ''university'')),\n    country      TEXT    NOT NULL,               -- where it has, or had, its seat\n    founded_year INTEGER CHECK (founded_year BETWEEN 1500 AND 2100)\n) STRICT','\n',char(10)),NULL,'[{"dataType":"INTEGER","isPrimaryKey":true,"lowCardinality":false,"name":"id"},{"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":false,"name":"name"},{"categories":["company","foundation","research institute","university"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"kind"},{"categories":["Australia","Canada","China","Finland","Germany","Japan","Netherlands","Sweden","Switzerland","United States"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"country"},{"dataType":"INTEGER","isPrimaryKey":false,"lowCardinality":false,"name":"founded_year"}]','[[{"column":"id","integer":1},{"column":"name","text":"IBM"},{"column":"kind","text":"company"},{"column":"country","text":"United States"},{"column":"founded_year","integer":1911}],[{"column":"id","integer":2},{"column":"name","text":"Oracle"},{"column":"kind","text":"company"},{"column":"country","text":"United States"},{"column":"founded_year","integer":1977}],[{"column":"id","integer":3},{"column":"name","text":"Microsoft"},{"column":"kind","text":"company"},{"column":"country","text":"United States"},{"column":"founded_year","integer":1975}]]','scanned',NULL,1795644060018846,1795644060018846);
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2ea',X'6b075a9b5f1ec55c445a4669',NULL,'papers',replace('CREATE TABLE papers (\n    id           INTEGER PRIMARY KEY,\n    title        TEXT    NOT NULL UNIQUE,\n    year         INTEGER NOT NULL CHECK (year BETWEEN 1950 AND 2100),\n    venue_id     INTEGER NOT NULL REFERENCES venues (id),\n    system_id    INTEGER REFERENCES systems (id),          -- the system that the paper describes; NULL where none\n    author_count INTEGER NOT NULL CHECK (author_count > 0),\n    first_page   INTEGER CHECK (first_page > 0),\n    last_page    INTEGER CHECK (last_page >= first_page)\n) STRICT','\n',char(10)),NULL,'[{"dataType":"INTEGER","isPrimaryKey":true,"lowCardinality":false,"name":"id"},{"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":false,"name":"title"},{"dataType":"INTEGER","isPrimaryKey":false,"lowCardinality":false,"name":"year"},{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"venues"},"isPrimaryKey":false,"lowCardinality":false,"name":"venue_id"},{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"systems"},"isPrimaryKey":false,"lowCardinality":false,"name":"system_id"},{"dataType":"INTEGER","isPrimaryKey":false,"lowCardinality":false,"name":"author_count"},{"dataType":"INTEGER","isPrimaryKey":false,"lowCardinality":false,"name":"first_page"},{"dataType":"INTEGER","isPrimaryKey":false,"lowCardinality":false,"name":"last_page"}]','[[{"column":"id","integer":1},{"column":"title","text":"A Relational Model of Data for Large Shared Data Banks"},{"column":"year","integer":1970},{"column":"venue_id","integer":1},{"column":"system_id"},{"column":"author_count","integer":1},{"column":"first_page","integer":377},{"column":"last_page","integer":387}],[{"column":"id","integer":2},{"column":"title","text":"Space/Time Trade-offs in Hash Coding with Allowable Errors"},{"column":"year","integer":1970},{"column":"venue_id","integer":1},{"column":"system_id"},{"column":"author_count","integer":1},{"column":"first_page","integer":422},{"column":"last_page","integer":426}],[{"column":"id","integer":3},{"column":"title","text":"Organization and Maintenance of Large Ordered Indexes"},{"column":"year","integer":1972},{"column":"venue_id","integer":6},{"column":"system_id"},{"column":"author_count","integer":2},{"column":"first_page","integer":173},{"column":"last_page","integer":189}]]','scanned',NULL,1795644060018846,1795644060018846);
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2eb',X'6b075a9b5f1ec55c445a4669',NULL,'people',replace('CREATE TABLE people (\n    id            INTEGER PRIMARY KEY,\n    name          TEXT    NOT NULL UNIQUE,\n    born_year     INTEGER CHECK (born_year BETWEEN 1900 AND 2010),\n    died_year     INTEGER CHECK (died_year >= born_year),   -- NULL as well for the living\n    birth_country TEXT\n) STRICT','\n',char(10)),NULL,'[{"dataType":"INTEGER","isPrimaryKey":true,"lowCardinality":false,"name":"id"},{"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":false,"name":"name"},{"dataType":"INTEGER","isPrimaryKey":false,"lowCardinality":false,"name":"born_year"},{"dataType":"INTEGER","isPrimaryKey":false,"lowCardinality":false,"name":"died_year"},{"categories":["China","Finland","France","Germany","India","Israel","Italy","Japan","Mexico","Netherlands","Romania","Taiwan","United Kingdom","United States"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"birth_country"}]','[[{"column":"id","integer":1},{"column":"name","text":"Edgar F. Codd"},{"column":"born_year","integer":1923},{"column":"died_year","integer":2003},{"column":"birth_country","text":"United Kingdom"}],[{"column":"id","integer":2},{"column":"name","text":"Charles Bachman"},{"column":"born_year","integer":1924},{"column":"died_year","integer":2017},{"column":"birth_country","text":"United States"}],[{"column":"id","integer":3},{"column":"name","text":"Jim Gray"},{"column":"born_year","integer":1944},{"column":"died_year","integer":2007},{"column":"birth_country","text":"United States"}]]','scanned',NULL,1795644060018846,1795644060018846);
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2ec',X'6b075a9b5f1ec55c445a4669',NULL,'releases',replace('CREATE TABLE releases (\n    id              INTEGER PRIMARY KEY,\n    system_id       INTEGER NOT NULL REFERENCES systems (id),\n    version         TEXT    NOT NULL,\n    released_on     TEXT    NOT NULL CHECK (released_on IS date(released_on)),\n    support_ends_on TEXT    CHECK (support_ends_on IS NULL OR support_ends_on IS date(support_ends_on)),\n    headline        TEXT,                        -- what the release is best known for\n    UNIQUE (system_id, version),\n    CHECK (support_ends_on > released_on)\n) STRICT','\n',char(10)),NULL,'[{"dataType":"INTEGER","isPrimaryKey":true,"lowCardinality":false,"name":"id"},{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"systems"},"isPrimaryKey":false,"lowCardinality":false,"name":"system_id"},{"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":false,"name":"version"},{"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":false,"name":"released_on"},{"categories":["2010-10-01","2010-11-08","2011-12-05","2013-02-07","2014-07-24","2015-10-08","2016-10-27","2017-11-09","2018-11-08","2018-12-03","2020-02-13","2021-02-05","2021-02-11","2021-11-11","2022-11-10","2023-11-09","2024-11-21","2025-11-13","2026-04-30","2026-11-12","2027-11-11","2028-11-09","2029-11-08","2030-11-14","2032-04-30"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"support_ends_on"},{"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":false,"name":"headline"}]','[[{"column":"id","integer":1},{"column":"system_id","integer":20},{"column":"version","text":"6.0"},{"column":"released_on","text":"1997-01-29"},{"column":"support_ends_on"},{"column":"headline","text":"First release under the name PostgreSQL"}],[{"column":"id","integer":2},{"column":"system_id","integer":20},{"column":"version","text":"7.0"},{"column":"released_on","text":"2000-05-08"},{"column":"support_ends_on"},{"column":"headline","text":"Foreign keys"}],[{"column":"id","integer":3},{"column":"system_id","integer":20},{"column":"version","text":"8.0"},{"column":"released_on","text":"2005-01-19"},{"column":"support_ends_on","text":"2010-10-01"},{"column":"headline","text":"Native Windows server, savepoints, point-in-time recovery"}]]','scanned',NULL,1795644060018846,1795644060018846);
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2ed',X'6b075a9b5f1ec55c445a4669',NULL,'system_creators',replace('CREATE TABLE system_creators (\n    system_id INTEGER NOT NULL REFERENCES systems (id),\n    person_id INTEGER NOT NULL REFERENCES people (id),\n    PRIMARY KEY (system_id, person_id)\n) STRICT, WITHOUT ROWID','\n',char(10)),NULL,'[{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"systems"},"isPrimaryKey":true,"lowCardinality":false,"name":"system_id"},{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"people"},"isPrimaryKey":true,"lowCardinality":false,"name":"person_id"}]','[[{"column":"system_id","integer":1},{"column":"person_id","integer":2}],[{"column":"system_id","integer":4},{"column":"person_id","integer":4}],[{"column":"system_id","integer":4},{"column":"person_id","integer":24}]]','scanned',NULL,1795644060018846,1795644060018846);
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2ee',X'6b075a9b5f1ec55c445a4669',NULL,'systems',replace('CREATE TABLE systems (\n    id              INTEGER PRIMARY KEY,\n    name            TEXT    NOT NULL UNIQUE,\n    first_year      INTEGER NOT NULL CHECK (first_year BETWEEN 1950 AND 2100),  -- first release, or first use or paper\n    data_model      TEXT    NOT NULL CHECK (data_model IN (\n                        ''document'', ''graph'', ''hierarchical'', ''key-value'', ''network'', ''relational'', ''search'',\n                        ''time series'', ''vector'', ''wide column'')),\n    architecture    TEXT    NOT NULL CHECK (architecture IN (\n                        ''client-server'', ''cloud service'', ''distributed'', ''embedded'')),\n    speaks_sql      INTEGER NOT NULL CHECK (speaks_sql IN (0, 1)),\n    openness        TEXT    NOT NULL CHECK (openness IN (''open source'', ''proprietary'', ''source available'')),\n    licence         TEXT,                        -- an SPDX identifier or a name; NULL for most proprietary systems\n    written_in      TEXT,                        -- the main implementation language\n    organization_id INTEGER REFERENCES organizations (id)          -- who makes it, or made it; NULL where nobody does\n) STRICT','\n',char(10)),NULL,'[{"dataType":"INTEGER","isPrimaryKey":true,"lowCardinality":false,"name":"id"},{"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":false,"name":"name"},{"dataType":"INTEGER","isPrimaryKey":false,"lowCardinality":false,"name":"first_year"},{"categories":["document","graph","hierarchical","key-value","network","relational","search","time series","vector","wide column"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"data_model"},{"categories":["client-server","cloud service","distributed","embedded"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"architecture"},{"dataType":"INTEGER","isPrimaryKey":false,"lowCardinality":false,"name":"speaks_sql"},{"categories":["open source","proprietary","source available"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"openness"},{"categories":["AGPL-3.0","Apache-2.0","BSD","BSD-3-Clause","BUSL-1.1","CockroachDB Software License","GPL-2.0","GPL-3.0","MIT","MPL-2.0","OLDAP-2.8","PostgreSQL","SSPL-1.0","ScyllaDB Software License","public domain"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"licence"},{"categories":["Assembly","C","C++","Erlang","Go","Java","Rust","Scala"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"written_in"},{"dataType":"INTEGER","foreignKey":{"fieldName":"id","referenceTable":"organizations"},"isPrimaryKey":false,"lowCardinality":false,"name":"organization_id"}]','[[{"column":"id","integer":1},{"column":"name","text":"IDS"},{"column":"first_year","integer":1964},{"column":"data_model","text":"network"},{"column":"architecture","text":"client-server"},{"column":"speaks_sql","integer":0},{"column":"openness","text":"proprietary"},{"column":"licence"},{"column":"written_in"},{"column":"organization_id","integer":27}],[{"column":"id","integer":2},{"column":"name","text":"IMS"},{"column":"first_year","integer":1968},{"column":"data_model","text":"hierarchical"},{"column":"architecture","text":"client-server"},{"column":"speaks_sql","integer":0},{"column":"openness","text":"proprietary"},{"column":"licence"},{"column":"written_in"},{"column":"organization_id","integer":1}],[{"column":"id","integer":3},{"column":"name","text":"IDMS"},{"column":"first_year","integer":1973},{"column":"data_model","text":"network"},{"column":"architecture","text":"client-server"},{"column":"speaks_sql","integer":0},{"column":"openness","text":"proprietary"},{"column":"licence"},{"column":"written_in"},{"column":"organization_id","integer":39}]]','scanned',NULL,1795644060018846,1795644060018846);
INSERT INTO table_descriptions VALUES(X'6b075a9c554b0babadadd2ef',X'6b075a9b5f1ec55c445a4669',NULL,'venues',replace('CREATE TABLE venues (\n    id      INTEGER PRIMARY KEY,\n    acronym TEXT    NOT NULL UNIQUE,\n    name    TEXT    NOT NULL,\n    kind    TEXT    NOT NULL CHECK (kind IN (''conference'', ''journal'')),\n    field   TEXT    NOT NULL CHECK (field IN (''computing'', ''data management'', ''distributed systems'', ''operating systems''))\n) STRICT','\n',char(10)),NULL,'[{"dataType":"INTEGER","isPrimaryKey":true,"lowCardinality":false,"name":"id"},{"categories":["Acta Informatica","CACM","CIDR","CSUR","DEB","ICDE","IFIP","NSDI","OSDI","OSR","PODC","PVLDB","SIGFIDET","SIGMOD","SOSP","TKDE","TOCS","TODS","TPAMI","USENIX ATC","VLDB"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"acronym"},{"categories":["ACM Computing Surveys","ACM International Conference on Management of Data","ACM SIGOPS Operating Systems Review","ACM Symposium on Operating Systems Principles","ACM Symposium on Principles of Distributed Computing","ACM Transactions on Computer Systems","ACM Transactions on Database Systems","ACM Workshop on Data Description, Access and Control","Acta Informatica","Communications of the ACM","Conference on Innovative Data Systems Research","IEEE Data Engineering Bulletin","IEEE International Conference on Data Engineering","IEEE Transactions on Knowledge and Data Engineering","IEEE Transactions on Pattern Analysis and Machine Intelligence","IFIP Working Conference on Modelling in Data Base Management Systems","International Conference on Very Large Data Bases","Proceedings of the VLDB Endowment","USENIX Annual Technical Conference","USENIX Symposium on Networked Systems Design and Implementation","USENIX Symposium on Operating Systems Design and Implementation"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"name"},{"categories":["conference","journal"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"kind"},{"categories":["computing","data management","distributed systems","operating systems"],"dataType":"TEXT","isPrimaryKey":false,"lowCardinality":true,"name":"field"}]','[[{"column":"id","integer":1},{"column":"acronym","text":"CACM"},{"column":"name","text":"Communications of the ACM"},{"column":"kind","text":"journal"},{"column":"field","text":"computing"}],[{"column":"id","integer":2},{"column":"acronym","text":"TODS"},{"column":"name","text":"ACM Transactions on Database Systems"},{"column":"kind","text":"journal"},{"column":"field","text":"data management"}],[{"column":"id","integer":3},{"column":"acronym","text":"TKDE"},{"column":"name","text":"IEEE Transactions on Knowledge and Data Engineering"},{"column":"kind","text":"journal"},{"column":"field","text":"data management"}]]','scanned',NULL,1795644060018846,1795644060018846);
CREATE TABLE golden_records (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 12),
    connection_id BLOB NOT NULL REFERENCES database_connections (id) ON DELETE RESTRICT,
    prompt_text TEXT NOT NULL,
    sql TEXT NOT NULL,
    metadata TEXT,
    check_status TEXT NOT NULL CHECK (check_status IN ('valid', 'invalid', 'unchecked')),
    check_reason TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK ((check_status = 'valid') = (check_reason IS NULL))
) STRICT;
INSERT INTO golden_records VALUES(X'6b075a9c554b0babadadd2f0',X'6b075a9b5f1ec55c445a4669','Which database systems were first released before 1980, oldest first?','SELECT name, first_year FROM systems WHERE first_year < 1980 ORDER BY first_year, name',NULL,'valid',NULL,1795644060095254,1795644060095254);
INSERT INTO golden_records VALUES(X'6b075a9c554b0babadadd2f1',X'6b075a9b5f1ec55c445a4669','List all systems written in Rust.','SELECT name FROM systems WHERE written_in = ''Rust'' ORDER BY name',NULL,'valid',NULL,1795644060095270,1795644060095270);
INSERT INTO golden_records VALUES(X'6b075a9c554b0babadadd2f2',X'6b075a9b5f1ec55c445a4669','Which embedded databases are open source, and under which licence?','SELECT name, licence FROM systems WHERE architecture = ''embedded'' AND openness = ''open source'' ORDER BY name',NULL,'valid',NULL,1795644060095272,1795644060095272);
INSERT INTO golden_records VALUES(X'6b075a9c554b0babadadd2f3',X'6b075a9b5f1ec55c445a4669','What key-value stores came out between 2009 and 2013?','SELECT name, first_year FROM systems WHERE data_model = ''key-value'' AND first_year BETWEEN 2009 AND 2013 ORDER BY first_year, name',NULL,'valid',NULL,1795644060095274,1795644060095274);
INSERT INTO golden_records VALUES(X'6b075a9c554b0babadadd2f4',X'6b075a9b5f1ec55c445a4669','Who was born in India?','SELECT name FROM people WHERE birth_country = ''India'' ORDER BY name',NULL,'valid',NULL,1795644060095275,1795644060095275);
INSERT INTO golden_records VALUES(X'6b075a9c554b0babadadd2f5',X'6b075a9b5f1ec55c445a4669','Which people in the database have died, and how old were they? Leave out anyone whose birth year is not recorded; the age may be off by one.','SELECT name, died_year - born_year AS age FROM people WHERE died_year IS NOT NULL AND born_year IS NOT NULL ORDER BY age DESC, name',NULL,'valid',NULL,1795644060095277,1795644060095277);
INSERT INTO golden_records VALUES(X'6b075a9c554b0babadadd2f6',X'6b075a9b5f1ec55c445a4669','Show every PostgreSQL release with its date, newest first.','SELECT r.version, r.released_on FROM releases AS r JOIN systems AS s ON s.id = r.system_id WHERE s.name = ''PostgreSQL'' ORDER BY r.released_on DESC',NULL,'valid',NULL,1795644060095278,1795644060095278);
INSERT INTO golden_records VALUES(X'6b075a9c554b0babadadd2f7',X'6b075a9b5f1ec55c445a4669','Which papers have ''transaction'' in their title?','SELECT title, year FROM papers WHERE title LIKE ''%transaction%'' ORDER BY year, title',NULL,'valid',NULL,1795644060095279,1795644060095279);
INSERT INTO golden_records VALUES(X'6b075a9c554b0babadadd2f8',X'6b075a9b5f1ec55c445a4669','Which systems have no organization behind them?','SELECT name FROM systems WHERE organization_id IS NULL ORDER BY name',NULL,'valid',NULL,1795644060095281,1795644060095281);
INSERT INTO golden_records VALUES(X'6b075a9c554b0babadadd2f9',X'6b075a9b5f1ec55c445a4669','What are the five longest papers by page count?','SELECT title, last_page - first_page + 1 AS pages FROM papers WHERE first_page IS NOT NULL AND last_page IS NOT NULL ORDER BY pages DESC, title LIMIT 5',NULL,'valid',NULL,1795644060095282,1795644060095282);
INSERT INTO golden_records VALUES(X'6b075a9c554b0babadadd2fa',X'6b075a9b5f1ec55c445a4669','Which systems with a known implementation language speak SQL but are not relational?','SELECT name, data_model, written_in FROM systems WHERE speaks_sql = 1 AND data_model <> ''relational'' AND written_in IS NOT NULL ORDER BY name',NULL,'valid',NULL,1795644060095283,1795644060095283);
INSERT INTO golden_records VALUES(X'6b075a9c554b0babadadd2fb',X'6b075a9b5f1ec55c445a4669','Which relational systems do not speak SQL?','SELECT name, first_year FROM systems WHERE data_model = ''relational'' AND speaks_sql = 0 ORDER BY first_year, name',NULL,'valid',NULL,1795644060095285,1795644060095285);
CREATE TABLE golden_record_counts (
    connection_id BLOB NOT NULL PRIMARY KEY REFERENCES database_connections (id) ON DELETE CASCADE,
    count INTEGER NOT NULL CHECK (count >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO golden_record_counts VALUES(X'6b075a9b5f1ec55c445a4669',12);
CREATE TABLE finetunings (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 12),
    alias TEXT NOT NULL UNIQUE,
    connection_id BLOB NOT NULL REFERENCES database_connections (id) ON DELETE RESTRICT,
    model_provider TEXT NOT NULL,
    model_name TEXT NOT NULL,
    n_epochs ANY CHECK (n_epochs = 'auto' OR typeof(n_epochs) IN ('integer', 'null')),
    batch_size ANY CHECK (batch_size = 'auto' OR typeof(batch_size) IN ('integer', 'null')),
    learning_rate_multiplier ANY CHECK (
        learning_rate_multiplier = 'auto' OR typeof(learning_rate_multiplier) IN ('real', 'null')),
    schemas TEXT NOT NULL CHECK (json_type(schemas) = 'array'),
    metadata TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN (
        'recorded', 'built', 'uploading', 'processing', 'ready', 'submitting', 'submitted', 'ended')),
    dataset_path TEXT,
    dataset_bytes INTEGER CHECK (dataset_bytes >= 0),
    dataset_examples INTEGER CHECK (dataset_examples >= 0),
    dataset_sha256 TEXT CHECK (length(dataset_sha256) = 64),
    provider_file_id TEXT,
    provider_job_id TEXT,
    remote_phase TEXT CHECK (remote_phase IN ('validating_files', 'queued', 'running')),
    outcome TEXT CHECK (outcome IN ('succeeded', 'failed', 'cancelled')),
    model_id TEXT,
    failure_code TEXT,
    failure_message TEXT,
    cancellation TEXT NOT NULL CHECK (cancellation IN ('none', 'requested', 'delivered')),
    failed_tries INTEGER NOT NULL CHECK (failed_tries >= 0),
    not_before INTEGER,
    obstacle TEXT CHECK (obstacle IN ('fault', 'key')),
    obstacle_reason TEXT,
    unknown_status TEXT,
    status TEXT NOT NULL GENERATED ALWAYS AS (
        CASE stage WHEN 'ended' THEN outcome WHEN 'submitted' THEN remote_phase ELSE 'queued' END) STORED,
    CHECK ((dataset_path IS NULL) = (dataset_bytes IS NULL)
        AND (dataset_path IS NULL) = (dataset_examples IS NULL)
        AND (dataset_path IS NULL) = (dataset_sha256 IS NULL)),
    CHECK (stage = 'ended' OR (stage = 'recorded') = (dataset_path IS NULL)),
    CHECK (stage = 'ended'
        OR (stage IN ('recorded', 'built', 'uploading')) = (provider_file_id IS NULL)),
    CHECK (stage = 'ended' OR (stage = 'submitted') = (provider_job_id IS NOT NULL)),
    CHECK ((stage = 'submitted') = (remote_phase IS NOT NULL)),
    CHECK ((stage = 'ended') = (outcome IS NOT NULL)),
    CHECK ((outcome IS 'succeeded') = (model_id IS NOT NULL)),
    CHECK ((outcome IS 'failed') = (failure_code IS NOT NULL)),
    CHECK ((outcome IS 'failed') = (failure_message IS NOT NULL)),
    CHECK ((obstacle IS NULL) = (obstacle_reason IS NULL))
) STRICT;
INSERT INTO finetunings VALUES(X'6b075a9c554b0babadadd2fc','older',X'6b075a9b5f1ec55c445a4669','openai','gpt-4o-mini-2024-07-18',1,NULL,NULL,'[]',NULL,1795644060163471,1795644060271927,'submitted','/var/lib/finetuned/training-files/6b075a9c554b0babadadd2fc.jsonl',150497,12,'52bec307cb8eb9655f432b276fbeb07ed19798063404c9343d3552ff523fba4f','@finetuning_file_id@','@finetuning_job_id@','validating_files',NULL,NULL,NULL,NULL,'none',0,NULL,NULL,NULL,NULL);
CREATE TABLE finetuning_golden_records (
    finetuning_id BLOB NOT NULL REFERENCES finetunings (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    golden_record_id BLOB NOT NULL CHECK (length(golden_record_id) = 12),
    PRIMARY KEY (finetuning_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO finetuning_golden_records VALUES(X'6b075a9c554b0babadadd2fc',0,X'6b075a9c554b0babadadd2f0');
INSERT INTO finetuning_golden_records VALUES(X'6b075a9c554b0babadadd2fc',1,X'6b075a9c554b0babadadd2f1');
INSERT INTO finetuning_golden_records VALUES(X'6b075a9c554b0babadadd2fc',2,X'6b075a9c554b0babadadd2f2');
INSERT INTO finetuning_golden_records VALUES(X'6b075a9c554b0babadadd2fc',3,X'6b075a9c554b0babadadd2f3');
INSERT INTO finetuning_golden_records VALUES(X'6b075a9c554b0babadadd2fc',4,X'6b075a9c554b0babadadd2f4');
INSERT INTO finetuning_golden_records VALUES(X'6b075a9c554b0babadadd2fc',5,X'6b075a9c554b0babadadd2f5');
INSERT INTO finetuning_golden_records VALUES(X'6b075a9c554b0babadadd2fc',6,X'6b075a9c554b0babadadd2f6');
INSERT INTO finetuning_golden_records VALUES(X'6b075a9c554b0babadadd2fc',7,X'6b075a9c554b0babadadd2f7');
INSERT INTO finetuning_golden_records VALUES(X'6b075a9c554b0babadadd2fc',8,X'6b075a9c554b0babadadd2f8');
INSERT INTO finetuning_golden_records VALUES(X'6b075a9c554b0babadadd2fc',9,X'6b075a9c554b0babadadd2f9');
INSERT INTO finetuning_golden_records VALUES(X'6b075a9c554b0babadadd2fc',10,X'6b075a9c554b0babadadd2fa');
INSERT INTO finetuning_golden_records VALUES(X'6b075a9c554b0babadadd2fc',11,X'6b075a9c554b0babadadd2fb');
CREATE TABLE finetuning_events (
    position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    finetuning_id BLOB NOT NULL REFERENCES finetunings (id) ON DELETE CASCADE,
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
    message TEXT NOT NULL,
    detail TEXT NOT NULL CHECK (json_type(detail) = 'object'),
    provider_event_id TEXT,
    UNIQUE (finetuning_id, sequence)
) STRICT;
INSERT INTO finetuning_events VALUES(1,X'6b075a9c554b0babadadd2fc',1,1795644060163471,'accepted','info','accepted with 12 golden records','{"golden_records":{"integer":12}}',NULL);
INSERT INTO finetuning_events VALUES(2,X'6b075a9c554b0babadadd2fc',2,1795644060200999,'training_file_built','info','training file built: 12 examples, 150497 bytes','{"bytes":{"integer":150497},"examples":{"integer":12},"sha256":{"text":"52bec307cb8eb9655f432b276fbeb07ed19798063404c9343d3552ff523fba4f"}}',NULL);
INSERT INTO finetuning_events VALUES(3,X'6b075a9c554b0babadadd2fc',3,1795644060204174,'upload_started','info','uploading 150497 bytes','{"bytes":{"integer":150497}}',NULL);
INSERT INTO finetuning_events VALUES(4,X'6b075a9c554b0babadadd2fc',4,1795644060228082,'file_uploaded','info','the provider has the training file as @finetuning_file_id@','{"finetuning_file_id":{"text":"@finetuning_file_id@"}}',NULL);
INSERT INTO finetuning_events VALUES(5,X'6b075a9c554b0babadadd2fc',5,1795644060231667,'submit_started','info','asking the provider for a job','{}',NULL);
INSERT INTO finetuning_events VALUES(6,X'6b075a9c554b0babadadd2fc',6,1795644060271927,'job_created','info','the provider made job @finetuning_job_id@','{"finetuning_job_id":{"text":"@finetuning_job_id@"}}',NULL);
INSERT INTO finetuning_events VALUES(7,X'6b075a9c554b0babadadd2fc',7,1795644060271927,'status_changed','info','status is now validating_files','{"status":{"text":"validating_files"}}',NULL);
CREATE TABLE finetuning_checkpoints (
    finetuning_id BLOB NOT NULL REFERENCES finetunings (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    checkpoint_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    model TEXT,
    metrics TEXT NOT NULL CHECK (json_type(metrics) = 'object'),
    PRIMARY KEY (finetuning_id, step, checkpoint_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_replies (
    peer_uid INTEGER NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_sha256 BLOB NOT NULL CHECK (length(request_sha256) = 32),
    body BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (peer_uid, idempotency_key)
) STRICT;
CREATE TABLE provider_objects (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    provider TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('file', 'job', 'model')),
    remote_id TEXT NOT NULL,
    finetuning_id BLOB NOT NULL CHECK (length(finetuning_id) = 12),
    finetuning_alias TEXT NOT NULL,
    connection_id BLOB NOT NULL CHECK (length(connection_id) = 12),
    origin TEXT NOT NULL CHECK (origin IN ('made', 'adopted')),
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'removing', 'removed')),
    failed_tries INTEGER NOT NULL DEFAULT 0 CHECK (failed_tries >= 0),
    not_before INTEGER,
    failure_reason TEXT,
    removed_at INTEGER,
    UNIQUE (provider, kind, remote_id),
    CHECK ((state = 'removing') = (not_before IS NOT NULL)),
    CHECK ((state = 'removed') = (removed_at IS NOT NULL))
) STRICT;
INSERT INTO provider_objects VALUES(1,'openai','file','@finetuning_file_id@',X'6b075a9c554b0babadadd2fc','older',X'6b075a9b5f1ec55c445a4669','made',1795644060228082,'present',0,NULL,NULL,NULL);
INSERT INTO provider_objects VALUES(2,'openai','job','@finetuning_job_id@',X'6b075a9c554b0babadadd2fc','older',X'6b075a9b5f1ec55c445a4669','made',1795644060271927,'present',0,NULL,NULL,NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('provider_objects',2);
INSERT INTO sqlite_sequence VALUES('finetuning_events',7);
CREATE UNIQUE INDEX table_descriptions_by_name
    ON table_descriptions (connection_id, ifnull(schema_name, ''), table_name);
CREATE INDEX table_descriptions_by_connection ON table_descriptions (connection_id, id);
CREATE INDEX golden_records_by_connection ON golden_records (connection_id, id);
CREATE TRIGGER count_from_zero AFTER INSERT ON database_connections BEGIN
    INSERT INTO golden_record_counts (connection_id, count) VALUES (NEW.id, 0);
END;
CREATE TRIGGER count_added_record AFTER INSERT ON golden_records BEGIN
    UPDATE golden_record_counts SET count = count + 1 WHERE connection_id = NEW.connection_id;
END;
CREATE TRIGGER count_removed_record AFTER DELETE ON golden_records BEGIN
    UPDATE golden_record_counts SET count = count - 1 WHERE connection_id = OLD.connection_id;
END;
CREATE INDEX finetunings_by_connection ON finetunings (connection_id, id);
CREATE INDEX finetunings_by_status ON finetunings (status, id);
CREATE INDEX finetunings_unfinished ON finetunings (id) WHERE stage <> 'ended';
CREATE INDEX finetunings_by_golden_record ON finetuning_golden_records (golden_record_id, finetuning_id);
CREATE UNIQUE INDEX finetuning_events_of_provider ON finetuning_events (finetuning_id, provider_event_id)
    WHERE provider_event_id IS NOT NULL;
CREATE INDEX kept_replies_by_age ON kept_replies (at);
CREATE INDEX provider_objects_by_finetuning ON provider_objects (finetuning_id);
CREATE INDEX provider_objects_by_state ON provider_objects (state, id);
CREATE INDEX provider_objects_to_remove ON provider_objects (not_before) WHERE state = 'removing';
COMMIT;
