-- A project's own rules for the class of its steps, which come before those of Cachewarden.
create table project_step_rules (
    project  text collate "C" primary key,
    rules    text not null,                           -- as it was written, in YAML
    saved_at timestamptz not null,
    saved_by text not null
);
