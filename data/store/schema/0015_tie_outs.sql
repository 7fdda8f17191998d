-- Which rows a printed total covers, for programs: JSON of [sheet, table, first row, last row]; '' in earlier uploads.
-- net_of is the cell of the total that a net figure takes something off; '' for a total.
ALTER TABLE budget_tie_out ADD COLUMN covered VARCHAR DEFAULT '';
ALTER TABLE budget_tie_out ADD COLUMN net_of VARCHAR DEFAULT '';
