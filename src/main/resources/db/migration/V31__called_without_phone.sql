-- An extension was called, too, if it had no phone that could ring: such calls count for it and for its groups, and of
-- those inside also as missed. All calls are counted anew, behind.
truncate call_hour, call_day, call_group_hour;
update call_sums set counted_to = 'epoch', complete = false;
