-- Product versions that two people published (decision 0015); read at every start together with the product files.

CREATE TABLE product_version (
    code           TEXT    NOT NULL,
    version        INTEGER NOT NULL,
    effective_from INTEGER NOT NULL,
    json           TEXT    NOT NULL,    -- the product file, byte for byte as approved
    hash           TEXT    NOT NULL,    -- SHA-256 of it, hexadecimal
    proposal       INTEGER NOT NULL,    -- number of the proposal that published it
    published_on   INTEGER NOT NULL,
    published_at   INTEGER NOT NULL,
    PRIMARY KEY (code, version)
) WITHOUT ROWID;
