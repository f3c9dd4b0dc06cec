-- Calls to the outside for which an extension pays: few of all, and read when Tamas starts.
create index call_charged on call (started_at) where record @? '$.legs[*].charge';
