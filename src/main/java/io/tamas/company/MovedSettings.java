package io.tamas.company;

import io.tamas.company.Company.MadeProfiles;
import io.tamas.company.Company.Settings;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settings of the company that were options of the configuration in earlier versions. What was set
/// there is taken over once; from then on the company's setting counts, and an option that is still
/// there is told at each start. It does not prevent a start: telephones wait for that.
public final class MovedSettings {
  private static final Logger log = LoggerFactory.getLogger(MovedSettings.class);

  private static final String UNKNOWN_CALLERS = "crm.createUnknownCallers";

  private static final String IS_TAKEN_OVER = "select from taken_over where option = $1";

  private static final String TAKEN_OVER =
      "insert into taken_over (option) values ($1) on conflict (option) do nothing";

  private final Database database;
  private final Companies companies;

  public MovedSettings(Database database, Companies companies) {
    this.database = database;
    this.companies = companies;
  }

  /// Once the tables are there. May wait, and may be repeated.
  ///
  /// @throws io.tamas.db.DatabaseFault if PostgreSQL does not answer
  public void takeOver(Config.Crm crm) {
    if (!crm.createUnknownCallers()) {
      return;
    }
    if (isTakenOver(UNKNOWN_CALLERS)) {
      log.atWarn()
          .addKeyValue("option", UNKNOWN_CALLERS)
          .addKeyValue("setting", "unknownCallers of the company's settings")
          .log("option has moved and has no effect: remove it from the configuration");
      return;
    }
    Settings now = stored();
    if (now.unknownCallers().isEmpty()) {
      MadeProfiles made = new MadeProfiles(true, Optional.of(crm.unknownCategory()));
      if (companies.put(now.withUnknownCallers(made), Optional.empty())
          instanceof CompanyOutcome.Faulty(List<CompanyFault> faults)) {
        log.atWarn()
            .addKeyValue("option", UNKNOWN_CALLERS)
            .addKeyValue("reason", faults.getFirst().text())
            .log("option cannot be taken over by the company");
        return;
      }
    }
    database.await(database.pool().preparedQuery(TAKEN_OVER).execute(Tuple.of(UNKNOWN_CALLERS)));
    log.atInfo().addKeyValue("option", UNKNOWN_CALLERS).log("option taken over by the company");
  }

  private Settings stored() {
    return companies
        .find(PartKind.SETTINGS, Settings.KEY)
        .map(Stored::part)
        .map(Settings.class::cast)
        .orElse(Settings.DEFAULT);
  }

  private boolean isTakenOver(String option) {
    return database
            .await(database.pool().preparedQuery(IS_TAKEN_OVER).execute(Tuple.of(option)))
            .size()
        > 0;
  }
}
