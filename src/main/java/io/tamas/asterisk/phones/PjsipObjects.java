package io.tamas.asterisk.phones;

import io.tamas.asterisk.phones.PjsipObject.Field;
import io.tamas.config.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// The objects of a phone in Asterisk. Pure.
///
/// Each field is always given: an update does not change omitted fields. Not used: `set_var`, since
/// Asterisk loses it on its way into its database (`set_var_to_vl` in `pjsip_configuration.c`
/// writes the variable's name in place of `set_var`).
final class PjsipObjects {
  static final String TRUNK_PREFIX = "trunk-";

  private static final Duration QUALIFY = Duration.ofSeconds(60);
  private static final String TRUNK = "trunk:";
  private static final String EXTENSION = "extension:";

  private PjsipObjects() {}

  /// The part of the company that an endpoint is for, such as `extension:101`.
  static String partOf(String endpoint) {
    return endpoint.startsWith(TRUNK_PREFIX)
        ? TRUNK + endpoint.substring(TRUNK_PREFIX.length())
        : EXTENSION + endpoint;
  }

  static String endpointOf(String part) {
    return part.startsWith(TRUNK)
        ? TRUNK_PREFIX + part.substring(TRUNK.length())
        : part.substring(EXTENSION.length());
  }

  /// The objects of a phone, in the order in which they are created: the endpoint is last, so that
  /// nothing refers to what does not exist, and who has the password finds where to register.
  static List<PjsipObject> of(Phone phone, Media media) {
    String id = phone.number().digits();
    String groups = String.join(",", phone.pickupGroups());
    List<Field> aor =
        new ArrayList<>(
            List.of(
                // one device too many replaces an unreachable one, else it is refused (403)
                new Field("max_contacts", Integer.toString(phone.devices())),
                new Field("remove_existing", "no"),
                new Field("remove_unavailable", "yes"),
                new Field("minimum_expiration", "60"),
                new Field("maximum_expiration", "3600"),
                new Field("mailboxes", phone.mailbox().map(MailboxName::asked).orElse("")),
                new Field("voicemail_extension", phone.messageKey().orElse(""))));
    aor.addAll(phone.sip().qualify(QUALIFY));
    return List.of(
        new PjsipObject("aor", id, List.copyOf(aor)),
        account(id, phone.password()),
        endpoint(
            id,
            media,
            phone.sip(),
            new Field("context", "from-phone"),
            new Field("trust_id_inbound", "no"),
            new Field("auth", id),
            new Field("aors", id),
            // by the digest user where From hides it: who it is, its password shows in both cases
            new Field("identify_by", "username,auth_username"),
            new Field("callerid", CallerIdText.of(phone.name(), phone.number())),
            new Field("language", phone.language().orElse("")),
            new Field("accountcode", ""),
            // who is at the other end after a transfer, a pickup or a forward
            new Field("send_pai", "yes"),
            new Field("send_rpid", "yes"),
            new Field("send_connected_line", "yes"),
            // it counts channels, and one call rings at several devices
            new Field("device_state_busy_at", "0"),
            new Field("named_call_group", groups),
            new Field("named_pickup_group", groups),
            new Field("allow_transfer", "yes"),
            new Field("allow_subscribe", "yes"),
            new Field("subscribe_context", phone.lamps()),
            new Field("mailboxes", phone.mailbox().map(MailboxName::told).orElse("")),
            new Field("voicemail_extension", phone.messageKey().orElse("")),
            new Field("mwi_from_user", phone.mailbox().map(_ -> id).orElse(""))));
  }

  /// With what a phone signs in.
  private static PjsipObject account(String id, Secret password) {
    return object(
        "auth",
        id,
        new Field("auth_type", "digest"),
        new Field("username", id),
        new Field("password", password.reveal()));
  }

  /// The same with a password that nobody has. Without any, Asterisk would answer 500.
  static PjsipObject closedAccount(String id) {
    return account(id, new Secret(UUID.randomUUID().toString()));
  }

  /// All objects that an endpoint may have, in the order in which they are removed: the endpoint is
  /// last, so that an interrupted removal is found by it.
  static List<PjsipObject> remainsOf(String endpoint) {
    List<PjsipObject> remains = new ArrayList<>();
    if (endpoint.startsWith(TRUNK_PREFIX)) {
      remains.add(object("registration", endpoint));
      IntStream.range(0, TrunkEndpoint.MAX_ADDRESSES)
          .mapToObj(i -> object("identify", endpoint + "." + i))
          .forEach(remains::add);
    }
    remains.add(object("auth", endpoint));
    remains.add(object("aor", endpoint));
    remains.add(object("endpoint", endpoint));
    return List.copyOf(remains);
  }

  static PjsipObject endpoint(String id, Media media, SipHabits sip, Field... own) {
    List<Field> fields =
        new ArrayList<>(
            List.of(new Field("force_rport", "yes"), new Field("rewrite_contact", "yes")));
    fields.addAll(media.fields());
    fields.addAll(sip.fields());
    fields.addAll(List.of(own));
    return new PjsipObject("endpoint", id, List.copyOf(fields));
  }

  static PjsipObject object(String type, String id, Field... fields) {
    return new PjsipObject(type, id, List.of(fields));
  }
}
