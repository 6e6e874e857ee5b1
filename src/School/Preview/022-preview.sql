-- The set of fields that the preview was made under.
ALTER TABLE preview ADD COLUMN field_set TEXT NOT NULL DEFAULT 'nco-basis/1';
