-- Two requests at once cannot create names that differ only in case. The names of accounts consist of ASCII characters.
create unique index app_user_by_name_key on app_user (lower(name));

alter table prune_policy add column name_key text; -- the name without case and variants of letters; unique
create unique index prune_policy_by_name_key on prune_policy (name_key);
