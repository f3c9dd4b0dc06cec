package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.company.Company.MadeProfiles;
import io.tamas.company.Company.Settings;
import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovedSettingsIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(MovedSettingsIT.class);
  private static final Config.Crm ON = new Config.Crm(true, "lead");

  @TempDir private static Path folder;

  @Test
  void optionIsTakenOverOnceAndThenTheCompanysSettingCounts() throws Exception {
    try (CompanyNode node = new CompanyNode(CONFIG, folder.resolve("company.json"))) {
      ZoneId tehran = ZoneId.of("Asia/Tehran");
      Settings zoned = new Settings(tehran, Optional.empty(), Optional.empty(), Set.of());
      node.companies.put(zoned, Optional.empty());
      MovedSettings moved = new MovedSettings(node.database, node.companies);

      moved.takeOver(new Config.Crm(false, "lead"));
      assertEquals(Optional.empty(), settings(node).unknownCallers());
      moved.takeOver(ON);
      assertEquals(
          Optional.of(new MadeProfiles(true, Optional.of("lead"))),
          settings(node).unknownCallers());
      assertEquals(tehran, settings(node).zone());

      node.companies.put(zoned, Optional.empty());
      moved.takeOver(ON);
      assertEquals(Optional.empty(), settings(node).unknownCallers());
    }
  }

  private static Settings settings(CompanyNode node) {
    return (Settings) node.companies.find(PartKind.SETTINGS, Settings.KEY).orElseThrow().part();
  }
}
