package io.tamas.crm.outside;

import io.tamas.config.Config;
import java.util.Map;
import java.util.Optional;

/// How a CRM is asked for a number, and where its answer has what. Pure.
///
/// @param path behind the address of the configuration
/// @param headers beside those that each request has
/// @param body JSON of a POST; empty: it is asked by GET
/// @param contact a JSON pointer to the contact in the answer, or to a list of which the first with
///   a name counts; the other pointers begin in it
/// @param link to the page of the contact: `{origin}` is that of the address, `{/id}` a pointer; or
///   one pointer alone, to a whole address
/// @param namesExtensions whether who is responsible is an extension, unless a table says otherwise
/// @param showsNumbers whether a contact has its numbers in it: what was found by something else is
///   not taken for the caller
record Template(
    String path,
    Map<String, String> headers,
    String body,
    String contact,
    String id,
    String name,
    String responsible,
    String link,
    boolean namesExtensions,
    boolean showsNumbers) {

  private static final Map<String, String> BEARER = Map.of("authorization", "Bearer {key}");

  /// `telephony.externalCall.searchCrmEntities` of an incoming webhook, whose address has the key.
  private static final Template BITRIX24 =
      new Template(
          "/telephony.externalCall.searchCrmEntities.json",
          Map.of(),
          "{\"PHONE_NUMBER\":\"{e164}\"}",
          "/result",
          "/CRM_ENTITY_ID",
          "/NAME",
          "/ASSIGNED_BY/USER_PHONE_INNER",
          "{origin}/crm/{/CRM_ENTITY_TYPE}/details/{/CRM_ENTITY_ID}/",
          true,
          false);

  /// The list of contacts of API v4, which finds by any text: by the last ten digits, as its own
  /// telephony does.
  private static final Template AMOCRM =
      new Template(
          "/api/v4/contacts?limit=10&query={last10}",
          BEARER,
          "",
          "/_embedded/contacts",
          "/id",
          "/name",
          "/responsible_user_id",
          "{origin}/contacts/detail/{/id}",
          false,
          true);

  /// The JSON-2 API of Odoo 19.
  private static final Template ODOO =
      new Template(
          "/json/2/res.partner/search_read",
          Map.of("authorization", "bearer {key}", "x-odoo-database", "{database}"),
          "{\"domain\":[[\"phone_sanitized\",\"=\",\"{e164}\"]],"
              + "\"fields\":[\"name\",\"user_id\"],\"limit\":1}",
          "",
          "/id",
          "/name",
          "/user_id/0",
          "{origin}/web#id={/id}&model=res.partner&view_type=form",
          false,
          false);

  static Template of(Config.OutsideCrm config) {
    return switch (config.template()) {
      case "bitrix24" -> BITRIX24;
      case "amocrm" -> AMOCRM;
      case "odoo" -> ODOO;
      default ->
          new Template(
              "",
              config.key().isPresent() && !config.url().contains("{key}") ? BEARER : Map.of(),
              config.body(),
              config.contact(),
              config.id(),
              config.name(),
              config.responsible(),
              config.link(),
              true,
              false);
    };
  }

  Optional<String> posted() {
    return body.isEmpty() ? Optional.empty() : Optional.of(body);
  }
}
