package io.tamas.call.decision;

import io.tamas.company.Companies;
import io.tamas.company.Company.Switched;
import io.tamas.company.CompanyOutcome;
import io.tamas.db.DatabaseFault;
import io.tamas.routing.Decision;
import io.tamas.routing.Decision.Setting;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes settings by feature codes: do not disturb and forwards of the extension that dials them,
/// and the schedules that it may switch.
public final class ExtensionSettings implements RouteScript.Settings {
  private static final Logger log = LoggerFactory.getLogger(ExtensionSettings.class);

  private final Companies companies;

  public ExtensionSettings(Companies companies) {
    this.companies = companies;
  }

  @Override
  public boolean change(Decision.Change change) {
    try {
      CompanyOutcome outcome = carriedOut(change);
      log.atInfo()
          .addKeyValue("extension", change.extension())
          .addKeyValue("setting", change.setting())
          .addKeyValue("outcome", outcome.getClass().getSimpleName())
          .log("extension setting changed by feature code");
      return outcome instanceof CompanyOutcome.Done;
    } catch (DatabaseFault e) {
      log.atWarn()
          .addKeyValue("extension", change.extension())
          .addKeyValue("reason", e.getMessage())
          .log("extension setting not changed by feature code");
      return false;
    }
  }

  private CompanyOutcome carriedOut(Decision.Change change) {
    return switch (change.setting()) {
      case Setting.OfExtension setting -> companies.change(change.extension(), setting::in);
      case Setting.OfSchedule(String schedule, Optional<Switched> to) ->
          companies.switchSchedule(schedule, to);
    };
  }
}
