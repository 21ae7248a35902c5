-- The columns get the names of the terms that pages, documentation, and code use.
alter table host rename column trouble_cause to problem_cause;
alter table host rename column trouble_message to problem_message;
alter table build rename column judge_again to comparison_pending;
alter index build_to_judge rename to build_comparison_pending;
