-- The names of stored values follow the terms on the pages.
update prune_run set state = 'PARTIAL' where state = 'PARTLY';
update prune_run set trigger = 'MANUAL' where trigger = 'HAND';
update prune_run_group set trigger = 'MANUAL' where trigger = 'HAND';
update prune_run set state = 'CANCELED' where state = 'CANCELLED';
