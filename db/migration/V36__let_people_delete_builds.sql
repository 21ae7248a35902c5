-- Builds that a user deleted. Builders remember their builds and report them again; these are not stored again.
create table deleted_build (
    builder_id bigint not null references builder on delete cascade,
    ref        text not null,                        -- BuildKit's id of the build
    started_at timestamptz not null,                 -- of the build; old rows are removed as old builds are
    primary key (builder_id, ref)
);
