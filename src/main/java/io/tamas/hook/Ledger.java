package io.tamas.hook;

import io.tamas.db.Database;
import io.tamas.event.Event;
import io.tamas.event.EventType;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rows of webhooks and their deliveries, as the one node that sends reads and writes them.
final class Ledger {
  private static final Logger log = LoggerFactory.getLogger(Ledger.class);

  private static final String HOOKS =
      """
      select id, name, url, events, secret, read_to,
             case when old_secret_until > now() then old_secret end as old_secret
      from webhook
      where enabled and suspended_at is null and not deleted
      order by id
      """;

  private static final String INSERT =
      """
      insert into webhook_delivery (webhook, event, type, subject, chain, state, since, due_at)
      select n.*, 'WAITING', now(), now()
      from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[]) as n
      on conflict do nothing
      """;

  private static final String READ =
      "update webhook set read_to = greatest(read_to, $2) where id = any($1)";

  /// Makes the first that waits of each of some chains its head. May be repeated.
  private static final String PROMOTE =
      """
      update webhook_delivery d set head = true
      from (select distinct * from unnest($1::bigint[], $2::text[]) as u (webhook, chain)) c
      cross join lateral (
        select w.event from webhook_delivery w
        where w.webhook = c.webhook and w.chain = c.chain and w.state = 'WAITING'
        order by w.event
        limit 1
      ) first
      where d.webhook = c.webhook and d.event = first.event and not d.head
      """;

  private static final String DUE =
      """
      select d.webhook, d.event, d.chain, d.tries, d.since
      from unnest($1::bigint[], $2::integer[]) as h (id, most)
      cross join lateral (
        select * from webhook_delivery d
        where d.webhook = h.id and d.head and d.due_at <= now()
        order by d.due_at, d.event
        limit h.most
      ) d
      """;

  private static final String EVENTS =
      "select id, at, type, subject, data::text from event where id = any($1)";

  private static final String SETTLE =
      """
      update webhook_delivery d
      set state = s.state, head = s.state = 'WAITING', tries = d.tries + case when s.is_attempt then 1 else 0 end,
          tried_at = case when s.is_attempt then s.at else d.tried_at end,
          due_at = coalesce(s.due_at, d.due_at), status = case when s.is_attempt then s.status else d.status end,
          reason = case when s.is_attempt or d.reason is null then s.reason else d.reason end,
          ended_at = case when s.state <> 'WAITING' then s.at end
      from unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[], $5::timestamptz[],
                  $6::integer[], $7::text[], $8::boolean[])
        as s (webhook, event, state, at, due_at, status, reason, is_attempt)
      where d.webhook = s.webhook and d.event = s.event and d.state = 'WAITING'
      """;

  private static final String SUSPEND =
      """
      update webhook
      set suspended_at = now(), suspended_reason = $2, version = version + 1, updated_at = now()
      where id = $1 and suspended_at is null and not deleted
      returning name
      """;

  private static final String CENSUS =
      """
      select h.id, h.enabled and h.suspended_at is null, h.suspended_at is not null,
             count(d.event), min(d.since)
      from webhook h
      left join webhook_delivery d on d.webhook = h.id and d.state = 'WAITING'
      where not h.deleted
      group by h.id
      """;

  private final Database database;
  private final Lead lead;
  private final StoredSecrets secrets;

  Ledger(Database database, Lead lead, StoredSecrets secrets) {
    this.database = database;
    this.lead = lead;
    this.secrets = secrets;
  }

  /// What waits for a webhook.
  ///
  /// @param isActive whether it is sent
  record Waiting(
      long hook, boolean isActive, boolean isSuspended, long count, Optional<Instant> oldest) {}

  /// Those whose events are sent. One whose secret cannot be opened is suspended: nothing is sent
  /// unsigned.
  List<Hook> hooks() {
    List<Hook> hooks = lead.run(HOOKS, Tuple.tuple()).stream().map(this::hook).toList();
    hooks.stream()
        .filter(hook -> hook.secrets().isEmpty())
        .forEach(hook ->
            suspend(
                hook,
                "its secret cannot be opened, as it was sealed with another key of the instance:"
                    + " give it a new one, and save it again"));
    return hooks.stream().filter(hook -> !hook.secrets().isEmpty()).toList();
  }

  private Hook hook(Row row) {
    String name = row.getString("name");
    Optional<WebhookSecret> present = secrets.opened(name, row.getBuffer("secret").getBytes());
    Optional<WebhookSecret> before =
        Optional.ofNullable(row.getBuffer("old_secret"))
            .flatMap(old -> secrets.opened(name, old.getBytes()));
    List<WebhookSecret> signing =
        present
            .map(secret -> Stream.concat(Stream.of(secret), before.stream()).toList())
            .orElse(List.of());
    return new Hook(
        row.getLong("id"),
        name,
        row.getString("url"),
        Set.of(row.getArrayOfStrings("events")),
        signing,
        row.getLong("read_to"));
  }

  /// Takes events over.
  ///
  /// @param hooks that have read all events up to `readTo` then
  void collect(List<Hook> hooks, List<NewDelivery> some, long readTo) {
    lead.inTransaction(() -> {
      if (!some.isEmpty()) {
        lead.run(INSERT, rows(some));
        promote(
            some.stream().map(one -> one.hook().id()).toArray(Long[]::new),
            some.stream().map(NewDelivery::chain).toArray(String[]::new));
      }
      return lead.run(READ, Tuple.tuple().addArrayOfLong(ids(hooks)).addLong(readTo));
    });
  }

  private static Tuple rows(List<NewDelivery> some) {
    return Tuple.tuple()
        .addArrayOfLong(some.stream().map(one -> one.hook().id()).toArray(Long[]::new))
        .addArrayOfLong(some.stream().map(one -> one.event().id()).toArray(Long[]::new))
        .addArrayOfString(
            some.stream().map(one -> one.event().type().text()).toArray(String[]::new))
        .addArrayOfString(some.stream().map(one -> one.event().subject()).toArray(String[]::new))
        .addArrayOfString(some.stream().map(NewDelivery::chain).toArray(String[]::new));
  }

  private void promote(Long[] hooks, String[] chains) {
    lead.run(PROMOTE, Tuple.tuple().addArrayOfLong(hooks).addArrayOfString(chains));
  }

  /// The deliveries whose turn it is, the longest due first.
  ///
  /// @param most of each webhook, by its id
  List<Attempt> due(Map<Long, Integer> most) {
    Long[] ids = most.keySet().toArray(Long[]::new);
    Integer[] counts = Stream.of(ids).map(most::get).toArray(Integer[]::new);
    return lead.run(DUE, Tuple.tuple().addArrayOfLong(ids).addArrayOfInteger(counts)).stream()
        .map(row ->
            new Attempt(
                row.getLong("webhook"),
                row.getLong("event"),
                row.getString("chain"),
                row.getInteger("tries"),
                row.getOffsetDateTime("since").toInstant()))
        .toList();
  }

  /// The events that are still kept, by their ids.
  Map<Long, Event> events(List<Attempt> attempts) {
    Long[] ids = attempts.stream().map(Attempt::event).distinct().toArray(Long[]::new);
    Map<Long, Event> events = new HashMap<>();
    for (Row row : lead.run(EVENTS, Tuple.tuple().addArrayOfLong(ids))) {
      Event event =
          new Event(
              row.getLong("id"),
              EventType.of(row.getString("type")),
              row.getString("subject"),
              row.getOffsetDateTime("at").toInstant(),
              row.getString(4));
      events.put(event.id(), event);
    }
    return events;
  }

  /// Stores what became of attempts, and whose turn it is next.
  ///
  /// @param gone webhooks that are suspended
  void settle(List<Settlement> some, Set<Long> gone, String reason) {
    List<Settlement> ended = some.stream().filter(one -> one.dueAt().isEmpty()).toList();
    lead.inTransaction(() -> {
      RowSet<Row> settled = lead.run(SETTLE, values(some));
      promote(
          ended.stream().map(one -> one.attempt().hook()).toArray(Long[]::new),
          ended.stream().map(one -> one.attempt().chain()).toArray(String[]::new));
      gone.forEach(hook -> suspendHere(hook, reason));
      return settled;
    });
  }

  private static Tuple values(List<Settlement> some) {
    return Tuple.tuple()
        .addArrayOfLong(some.stream().map(one -> one.attempt().hook()).toArray(Long[]::new))
        .addArrayOfLong(some.stream().map(one -> one.attempt().event()).toArray(Long[]::new))
        .addArrayOfString(some.stream().map(Settlement::state).toArray(String[]::new))
        .addArrayOfOffsetDateTime(
            some.stream().map(one -> utc(one.at())).toArray(OffsetDateTime[]::new))
        .addArrayOfOffsetDateTime(
            some.stream()
                .map(one -> one.dueAt().map(Ledger::utc).orElse(null))
                .toArray(OffsetDateTime[]::new))
        .addArrayOfInteger(
            some.stream().map(one -> one.status().orElse(null)).toArray(Integer[]::new))
        .addArrayOfString(some.stream().map(Settlement::reason).toArray(String[]::new))
        .addArrayOfBoolean(some.stream().map(Settlement::isAttempt).toArray(Boolean[]::new));
  }

  void suspend(Hook hook, String reason) {
    lead.inTransaction(() -> {
      suspendHere(hook.id(), reason);
      return reason;
    });
  }

  private void suspendHere(long hook, String reason) {
    for (Row row : lead.run(SUSPEND, Tuple.of(hook, reason))) {
      String name = row.getString("name");
      NewEvent event =
          new NewEvent(
              EventType.Known.WEBHOOK_SUSPENDED, "webhook:" + name, new Suspended(name, reason));
      database.await(Outbox.append(lead.connection(), List.of(event)));
      log.atError()
          .addKeyValue("webhook", name)
          .addKeyValue("reason", reason)
          .log("a webhook is suspended until it is saved again");
    }
  }

  private record Suspended(String webhook, String reason) {}

  List<Waiting> census() {
    return lead.run(CENSUS, Tuple.tuple()).stream()
        .map(row ->
            new Waiting(
                row.getLong(0),
                row.getBoolean(1),
                row.getBoolean(2),
                row.getLong(3),
                Optional.ofNullable(row.getOffsetDateTime(4)).map(OffsetDateTime::toInstant)))
        .toList();
  }

  private static Long[] ids(List<Hook> hooks) {
    return hooks.stream().map(Hook::id).toArray(Long[]::new);
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
