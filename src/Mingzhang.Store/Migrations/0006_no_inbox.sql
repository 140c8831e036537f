-- What a borrower was told follows from the account's own rows; it is read from them (decision 0026).

DROP TABLE inbox;
DELETE FROM follower WHERE name = 'inbox';
