-- MissCause.Kind instead of a class name: InputChanged becomes INPUT_CHANGED.
update build set miss_cause = upper(regexp_replace(miss_cause, '([a-z])([A-Z])', '\1_\2', 'g')) where miss_cause is not null;

-- The instruction of the first miss, which only the text of the reason contained. Null: the build was not compared, or has no miss.
alter table build add column missed_instruction text;

update build set missed_instruction = substr(scenario_reason, length('First not in the cache: ') + 1,
    length(scenario_reason) - length('First not in the cache: ') - length('. ' || miss_text))
where starts_with(scenario_reason, 'First not in the cache: ') and right(scenario_reason, length('. ' || miss_text)) = '. ' || miss_text;
