-- A record that no rule may take; filters in the form of Filter: ["mountTarget==/root/.m2", …].
alter table prune_policy add column pins jsonb not null default '[]';
alter table prune_plan add column pins jsonb not null default '[]';

-- Whether an image held the record's data when it was planned: then that it still does is no reason to pass it over.
alter table prune_plan_record add column shared boolean not null default false;
