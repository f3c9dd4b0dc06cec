package io.tamas.asterisk.phones;

import io.tamas.asterisk.phones.PjsipObject.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What Asterisk must have for a phone or a trunk. Pure.
///
/// Each field is always given: an update leaves alone what it does not name. Not used: `set_var`,
/// since Asterisk loses it on its way into its database (`set_var_to_vl` in `pjsip_configuration.c`
/// writes the variable's name in place of `set_var`).
final class PjsipObjects {
  static final String TRUNK_PREFIX = "trunk-";

  private PjsipObjects() {}

  /// The objects of a phone, in the order in which they are made: the endpoint is last, so that
  /// nothing refers to what is not there.
  static List<PjsipObject> of(Phone phone, Codecs codecs) {
    String id = phone.number().digits();
    return List.of(
        object(
            "auth",
            id,
            new Field("auth_type", "digest"),
            new Field("username", id),
            new Field("password", phone.password().reveal())),
        object(
            "aor",
            id,
            // Dial(PJSIP/101) rings one contact: the newest registration must be the only one
            new Field("max_contacts", "1"),
            new Field("remove_existing", "yes"),
            new Field("minimum_expiration", "60"),
            new Field("maximum_expiration", "3600"),
            new Field("qualify_frequency", "60"),
            new Field("qualify_timeout", "3.0")),
        endpoint(
            id,
            codecs,
            new Field("context", "from-phone"),
            new Field("auth", id),
            new Field("aors", id),
            new Field("identify_by", "username"),
            new Field("callerid", CallerIdText.of(phone.name(), phone.number())),
            new Field("language", phone.language().orElse("")),
            new Field("accountcode", ""),
            new Field("allow_transfer", "yes"),
            new Field("allow_subscribe", "yes")));
  }

  /// The objects of a trunk, in the order in which they are made.
  ///
  /// Asterisk's database keeps one `match` of an `identify`, so each address has an object. The
  /// endpoint is identified by address alone: otherwise anybody could call in its name.
  static List<PjsipObject> of(TrunkEndpoint trunk, Codecs codecs) {
    String id = TRUNK_PREFIX + trunk.name();
    List<PjsipObject> objects = new ArrayList<>();
    objects.add(
        endpoint(
            id,
            codecs,
            new Field("context", "from-trunk"),
            new Field("identify_by", "ip"),
            // A name without a number: without either Asterisk writes "<unknown>" into its database
            // and after its restart takes that for the number of every caller.
            new Field("callerid", "trunk"),
            new Field("accountcode", trunk.fallback().digits()),
            new Field("allow_transfer", "no"),
            new Field("allow_subscribe", "no")));
    for (int i = 0; i < trunk.addresses().size(); i++) {
      objects.add(identify(id, i, trunk.addresses().get(i)));
    }
    return List.copyOf(objects);
  }

  /// All that may be left of an endpoint, in the order in which it is removed: the endpoint is
  /// last, so that what was interrupted is found again by it.
  static List<PjsipObject> remainsOf(String endpoint) {
    List<PjsipObject> remains = new ArrayList<>();
    if (endpoint.startsWith(TRUNK_PREFIX)) {
      remains.addAll(identifiesFrom(endpoint, 0));
    } else {
      remains.add(object("auth", endpoint));
      remains.add(object("aor", endpoint));
    }
    remains.add(object("endpoint", endpoint));
    return List.copyOf(remains);
  }

  /// The `identify` objects of a trunk that has fewer addresses now.
  static List<PjsipObject> identifiesFrom(String endpoint, int first) {
    return IntStream.range(first, TrunkEndpoint.MAX_ADDRESSES)
        .mapToObj(i -> object("identify", endpoint + "." + i))
        .toList();
  }

  private static PjsipObject identify(String endpoint, int index, String address) {
    return object(
        "identify",
        endpoint + "." + index,
        new Field("endpoint", endpoint),
        new Field("match", address),
        // an address never needs a name server
        new Field("srv_lookups", "no"));
  }

  private static PjsipObject endpoint(String id, Codecs codecs, Field... own) {
    List<Field> fields =
        new ArrayList<>(
            List.of(
                new Field("allow", codecs.allow()),
                new Field("direct_media", "no"),
                new Field("rtp_symmetric", "yes"),
                new Field("force_rport", "yes"),
                new Field("rewrite_contact", "yes"),
                new Field("dtmf_mode", "rfc4733"),
                new Field("device_state_busy_at", "0"),
                new Field("trust_id_inbound", "no")));
    fields.addAll(List.of(own));
    return new PjsipObject("endpoint", id, List.copyOf(fields));
  }

  private static PjsipObject object(String type, String id, Field... fields) {
    return new PjsipObject(type, id, List.of(fields));
  }
}
