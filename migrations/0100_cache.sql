-- What pages computed of the whole search since its last change, by name: forgotten with every change, like the rest of the row.
alter table rails add column cache jsonb constraint rails_cache_object check (jsonb_typeof(cache) = 'object');
