-- The path of the configuration file that a pin comes from. Null: a person made it.
alter table prune_pin add column config_file text;
