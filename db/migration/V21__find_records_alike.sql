-- Records of one instruction and size. Without it, whoever asks whether a record's like remains reads the table once for each of those that
-- just went, as long as the table's statistics are from before.
create index cache_record_alike on cache_record (builder_id, md5(description), size_bytes) where parents <> '{}';
