-- Announcements became prompts, and an extension says which of its calls are recorded.
update company_item set kind = 'prompt' where kind = 'announcement';

update company_item
set body = jsonb_set(
  body,
  '{record}',
  case when body -> 'record' = 'true' then '["INBOUND", "OUTBOUND", "INTERNAL"]'::jsonb else '[]'::jsonb end)
where kind = 'extension' and jsonb_typeof(body -> 'record') = 'boolean';
