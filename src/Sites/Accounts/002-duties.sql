-- What somebody does, where the site divides its work into duties: their codes with blanks between. Empty where it does not.
ALTER TABLE account ADD COLUMN duties TEXT NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN duties TEXT NOT NULL DEFAULT '';
