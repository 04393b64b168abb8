-- Of address books and tables is kept what was read of them, with what their columns mean.
alter table imports drop constraint imports_kind_known;
alter table imports add constraint imports_kind_known check (kind in ('linkedin_connections', 'linkedin_archive', 'people'));
