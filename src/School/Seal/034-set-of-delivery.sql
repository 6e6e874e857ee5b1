-- The set of fields that a delivery was made by.
ALTER TABLE delivery ADD COLUMN fields TEXT NOT NULL DEFAULT 'nco-basis/1';
