package io.tamas.asterisk.phones;

import static io.tamas.asterisk.phones.PjsipObjects.object;

import io.tamas.asterisk.phones.PjsipObject.Field;
import io.tamas.asterisk.phones.TrunkEndpoint.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The objects of a trunk in Asterisk. Pure.
///
/// The endpoint is identified by address, or by the `line` of its registration: otherwise anybody
/// could call as this trunk. Asterisk's database keeps one `match` of an `identify`, so each
/// address has its own object.
final class TrunkObjects {
  private static final Duration QUALIFY = Duration.ofSeconds(30);

  private TrunkObjects() {}

  /// In the order in which they are created: nothing refers to what does not exist.
  static List<PjsipObject> of(TrunkEndpoint trunk, Media media) {
    String id = PjsipObjects.TRUNK_PREFIX + trunk.name();
    List<PjsipObject> objects = new ArrayList<>();
    trunk.account().flatMap(account -> auth(id, account)).ifPresent(objects::add);
    trunk.callsAt().map(server -> aor(id, server, trunk)).ifPresent(objects::add);
    objects.add(endpoint(id, trunk, media));
    trunk.account().map(account -> registration(id, trunk, account)).ifPresent(objects::add);
    for (int i = 0; i < trunk.addresses().size(); i++) {
      objects.add(identify(id, i, trunk.addresses().get(i)));
    }
    return List.copyOf(objects);
  }

  private static Optional<PjsipObject> auth(String id, Account account) {
    return account
        .password()
        .map(password ->
            object(
                "auth",
                id,
                new Field("auth_type", "digest"),
                new Field("username", account.authUser()),
                new Field("password", password.reveal())));
  }

  /// Checked by OPTIONS at intervals: a call does not wait for a provider that is down.
  private static PjsipObject aor(String id, String server, TrunkEndpoint trunk) {
    List<Field> fields =
        new ArrayList<>(
            List.of(
                new Field("contact", trunk.uri(server)),
                new Field("outbound_proxy", trunk.route())));
    fields.addAll(trunk.sip().qualify(QUALIFY));
    return new PjsipObject("aor", id, List.copyOf(fields));
  }

  private static PjsipObject endpoint(String id, TrunkEndpoint trunk, Media media) {
    Optional<Account> account = trunk.account();
    return PjsipObjects.endpoint(
        id,
        media.with(trunk.srtp()),
        trunk.sip(),
        new Field("context", "from-trunk"),
        new Field("identify_by", "ip"),
        // A name without a number: without either Asterisk writes "<unknown>" into its database
        // and after its restart takes that for the number of every caller.
        new Field("callerid", "trunk"),
        new Field("accountcode", trunk.fallback().digits()),
        new Field("aors", trunk.callsAt().map(server -> id).orElse("")),
        new Field("outbound_auth", account.flatMap(Account::password).map(p -> id).orElse("")),
        // with an account the call is made as its user, and the actual caller is given in addition
        // (RFC 3325)
        new Field("from_user", account.map(Account::user).orElse("")),
        new Field("from_domain", trunk.domain().orElse("")),
        new Field("outbound_proxy", trunk.route()),
        // of several identities Asterisk reads the first; Tamas reads the others
        new Field("trust_id_inbound", trunk.isTrusted() ? "yes" : "no"),
        // who has answered is known by what was dialled
        new Field("trust_connected_line", "no"),
        new Field("send_pai", "yes"),
        new Field("trust_id_outbound", "yes"),
        // the name and extension of the connected party are not sent to external parties
        new Field("send_connected_line", "no"),
        // without voice it is no more than 100 Trying; else the caller's phone would stop ringing,
        // and hear nothing instead
        new Field("ignore_183_without_sdp", "yes"),
        new Field("allow_transfer", "no"),
        new Field("allow_subscribe", "no"));
  }

  private static PjsipObject registration(String id, TrunkEndpoint trunk, Account account) {
    return object(
        "registration",
        id,
        new Field("server_uri", trunk.uri(account.server())),
        new Field("client_uri", account.uri()),
        new Field("outbound_proxy", trunk.route()),
        new Field("contact_user", account.user()),
        new Field("outbound_auth", account.password().map(password -> id).orElse("")),
        new Field("line", "yes"),
        new Field("endpoint", id),
        new Field("expiration", "600"),
        new Field("max_random_initial_delay", "0"),
        // it never gives up: even a refusal may be a temporary mistake of the provider
        new Field("retry_interval", "30"),
        new Field("forbidden_retry_interval", "300"),
        new Field("fatal_retry_interval", "300"),
        new Field("auth_rejection_permanent", "no"),
        new Field("max_retries", "2147483647"));
  }

  private static PjsipObject identify(String endpoint, int index, String address) {
    return object(
        "identify",
        endpoint + "." + index,
        new Field("endpoint", endpoint),
        new Field("match", address),
        // an address never requires DNS
        new Field("srv_lookups", "no"));
  }
}
