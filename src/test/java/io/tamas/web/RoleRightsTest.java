package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.number.ExtensionNumber;
import io.tamas.web.Principal.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which user may use which operation: each operation of the contract is in one row, under the
/// least role. `src/main/docs/users.md` says the same in words.
class RoleRightsTest {
  private static final Map<Role, String> LEAST =
      Map.of(
          Role.OPERATOR,
          """
          listCalls makeCall getCallsCsv getCall hangUpCall transferCall completeTransfer
          cancelTransfer parkCall holdCall resumeCall startRecording stopRecording pauseRecording
          resumeRecording listLiveCalls listRecordings getRecording renameRecording
          getProfileTimeline getNumberTimeline
          listVoicemail markVoicemail deleteVoicemail listDevices
          simulateCall getStatistics getStatisticsCsv
          listExtensions getExtension setAvailability listExtensionStates
          listProfiles createProfile getProfile updateProfile addProfileNumber
          listProfileNotes createProfileNote getProfileNote updateProfileNote
          listProfileGroups getProfileGroup listProfileFields getProfileField getNumberInCrm
          setCallProfile createCallProfile clearCallProfile getRecordingPeaks
          getSession signOut getMe putMySettings putMyPassword listMySessions endMySession undo
          createTicket getMyCodes beginCodes confirmCodes renewRecoveryCodes removeMyCodes
          """,
          Role.SUPERVISOR,
          """
          createProfileGroup updateProfileGroup deleteProfileNote
          listDuplicateProfiles setProfilesNotSame clearProfilesNotSame
          listRecordingAccess getCompany listCompanyWarnings getSettings listTrunkStates
          getTrunkState listExtensionGroups getExtensionGroup listTrunks getTrunk listSchedules
          getSchedule listPrompts getPrompt getPromptAudio listPickupGroups getPickupGroup
          listOutgoingProfiles getOutgoingProfile listEmergencyNumbers getEmergencyNumber listMenus
          getMenu listRingGroups getRingGroup listInboundRoutes getInboundRoute
          """,
          Role.ADMINISTRATOR,
          """
          listAudit listKeys createKey deleteKey listUsers createUser getUser updateUser deleteUser
          resetUserPassword listUserSessions endUserSession getUserCodes removeUserCodes
          getUserOpenId putUserOpenId deleteUserOpenId
          listWebhooks getWebhook putWebhook deleteWebhook renewWebhookSecret listWebhookDeliveries
          getProfilesCsv getProfilesXlsx listImports createImport getImport putImportFormat
          putImportMapping tryImport
          runImport cancelImport undoImport listImportRefusals getImportRefusalsCsv
          retryWebhookDelivery deleteProfileGroup createProfileField updateProfileField
          deleteProfileField
          deleteRecording deleteProfile mergeProfiles createExtension updateExtension deleteExtension putOutDevice
          setExtensionPassword resetExtensionPassword
          putCompany validateCompany diffCompany putExtensionGroup deleteExtensionGroup putTrunk
          deleteTrunk setTrunkPassword putSchedule deleteSchedule switchSchedule switchScheduleBack
          putPrompt deletePrompt putPromptAudio deletePromptAudio putSettings putPickupGroup
          deletePickupGroup putOutgoingProfile deleteOutgoingProfile putEmergencyNumber
          deleteEmergencyNumber putMenu deleteMenu putRingGroup deleteRingGroup putInboundRoute
          deleteInboundRoute
          """);

  /// What a grant opens, whatever the role; of what is of extensions, of all of them.
  private static final Map<Grant, String> OPENED =
      Map.of(
          Grant.CALL,
          """
          makeCall hangUpCall transferCall completeTransfer cancelTransfer parkCall holdCall
          resumeCall startRecording stopRecording pauseRecording resumeRecording
          """,
          Grant.LISTEN,
          "getRecording getRecordingPeaks",
          Grant.CONTACTS,
          """
          deleteProfile deleteProfileNote mergeProfiles listDuplicateProfiles setProfilesNotSame
          clearProfilesNotSame getProfilesCsv getProfilesXlsx createImport listImports getImport
          putImportFormat putImportMapping tryImport runImport cancelImport undoImport listImportRefusals
          getImportRefusalsCsv
          """,
          Grant.SEE_SETTINGS,
          """
          getCompany listCompanyWarnings getSettings listTrunkStates getTrunkState
          listExtensionGroups getExtensionGroup listTrunks getTrunk listSchedules
          getSchedule listPrompts getPrompt getPromptAudio listPickupGroups getPickupGroup
          listOutgoingProfiles getOutgoingProfile listEmergencyNumbers getEmergencyNumber listMenus
          getMenu listRingGroups getRingGroup listInboundRoutes getInboundRoute
          """);

  private static final List<Operation> SECURED =
      Contract.load().operations().stream().filter(Operation::secured).toList();

  @Test
  void eachOperationStatesTheRoleThatItNeeds() {
    assertEquals(
        List.of(),
        SECURED.stream()
            .filter(operation -> operation.role().isEmpty())
            .map(Operation::id)
            .toList());
  }

  @Test
  void eachRoleMayDoWhatIsInItsRowAndInThoseBefore() {
    Set<String> expected = new TreeSet<>();
    for (Role role : Role.values()) {
      expected.addAll(names(LEAST.getOrDefault(role, "")));
      assertEquals(expected, allowed(user(role, false)), role::toString);
    }
    assertEquals(
        SECURED.stream().map(Operation::id).collect(Collectors.toCollection(TreeSet::new)),
        expected);
  }

  @Test
  void eachGrantAddsWhatIsInItsRowToWhatTheRoleMay() {
    for (Role role : Role.values()) {
      for (Grant grant : Grant.values()) {
        Set<String> expected = allowed(user(role, false));
        expected.addAll(names(OPENED.getOrDefault(grant, "")));
        assertEquals(expected, allowed(user(role, false, grant)), role + " with " + grant);
      }
    }
  }

  @Test
  void whatAGrantOpensIsOfAllExtensions() {
    for (Grant grant : Grant.values()) {
      Principal operator = user(Role.OPERATOR, false, grant);
      Set<String> all =
          SECURED.stream()
              .filter(operation ->
                  operator.reach(operation.grant()) instanceof Principal.Reach.Everything)
              .map(Operation::id)
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(names(OPENED.getOrDefault(grant, "")), all, grant::toString);
    }
  }

  @Test
  void grantsOpenNothingBeforeTheOneTimePasswordIsReplaced() {
    assertEquals(
        names("getSession signOut putMyPassword"),
        allowed(user(Role.OPERATOR, true, Grant.values())));
  }

  /// Otherwise an operator would have what is of others: what is no user's own and is no matter of
  /// the whole company has to be limited by its handler. In timelines, notes are of everybody, and
  /// calls are limited by the handler.
  @Test
  void whatOperatorsMayDoIsTheirOwnOrOfEverybody() {
    Set<String> ofEverybody =
        names(
            """
            listProfiles createProfile getProfile updateProfile addProfileNumber
            getProfileTimeline getNumberTimeline
            listProfileNotes createProfileNote getProfileNote updateProfileNote
            listProfileGroups getProfileGroup listProfileFields getProfileField getNumberInCrm
            """);
    assertEquals(
        ofEverybody,
        SECURED.stream()
            .filter(operation -> operation.role().equals(Optional.of(Role.OPERATOR)))
            .filter(operation -> !operation.own() && !operation.self())
            .map(Operation::id)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void oneTimePasswordOpensNothingUntilItIsReplaced() {
    for (Role role : Role.values()) {
      assertEquals(
          names("getSession signOut putMyPassword"), allowed(user(role, true)), role::toString);
    }
  }

  @Test
  void refusalsSayWhatIsMissing() {
    Contract contract = Contract.load();
    assertEquals(
        Optional.of("the user needs the role administrator"),
        contract.operation("putTrunk").refusal(user(Role.SUPERVISOR, false)));
    assertEquals(
        Optional.of("the user needs the role supervisor or the grant see-settings"),
        contract.operation("getTrunk").refusal(user(Role.OPERATOR, false)));
    assertTrue(
        contract
            .operation("listCalls")
            .refusal(user(Role.ADMINISTRATOR, true))
            .orElse("")
            .contains("PUT /api/v1/me/password"));
  }

  @Test
  void whoseCodesAreDueCanOnlySetThemUp() {
    for (Role role : Role.values()) {
      assertEquals(
          names("getSession signOut putMyPassword getMyCodes beginCodes confirmCodes"),
          allowed(user(new Principal.User("zahra", role, 1, false, true), Grant.values())),
          role::toString);
      assertEquals(
          names("getSession signOut putMyPassword"),
          allowed(user(new Principal.User("zahra", role, 1, true, true), Grant.values())),
          role::toString);
    }
    assertEquals(
        Optional.of(
            "one-time codes must be set up first, by POST and PUT /api/v1/me/otp: the settings of"
                + " the company demand them of the role supervisor"),
        Contract.load()
            .operation("listCalls")
            .refusal(user(new Principal.User("zahra", Role.SUPERVISOR, 1, false, true))));
  }

  private static Principal user(Role role, boolean oneTime, Grant... grants) {
    return user(new Principal.User("zahra", role, 1, oneTime), grants);
  }

  private static Principal user(Principal.User user, Grant... grants) {
    return Principal.of(
        user,
        Set.of(grants),
        Optional.of(new Owner(new ExtensionNumber("101"), Instant.EPOCH)),
        List.of());
  }

  private static Set<String> allowed(Principal principal) {
    return SECURED.stream()
        .filter(operation -> operation.refusal(principal).isEmpty())
        .map(Operation::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(String row) {
    return Stream.of(row.split("\\s+"))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
