-- Filters that hold in every plan, whatever policy or person makes it.
create table prune_pin (
    id         bigint generated always as identity primary key,
    filter     text not null unique,             -- as Filter writes it
    note       text not null default '',         -- why, in the words of the person who pinned it
    created_by text not null,
    created_at timestamptz not null
);
