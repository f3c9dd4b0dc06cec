package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.number.ExtensionNumber;
import io.tamas.web.Principal.Owner;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which key may use which operation: each operation of the contract is in one row.
class KeyRightsTest {
  private static final Owner ZAHRA = new Owner(new ExtensionNumber("101"), Instant.EPOCH);

  /// What one extension has of its own, by the scope that it needs.
  private static final Map<Scope, String> OWN =
      Map.of(
          Scope.READ,
          """
          listCalls getCallsCsv getCall listLiveCalls listRecordings getRecording
          getRecordingPeaks listRecordingAccess createTicket
          getStatistics getStatisticsCsv
          listVoicemail listDevices listExtensions getExtension listExtensionStates
          """,
          Scope.WRITE,
          """
          renameRecording deleteRecording markVoicemail deleteVoicemail setCallProfile
          createCallProfile clearCallProfile setAvailability simulateCall undo
          """,
          Scope.CALL,
          """
          makeCall hangUpCall transferCall completeTransfer cancelTransfer parkCall holdCall
          resumeCall startRecording stopRecording pauseRecording resumeRecording
          """,
          Scope.ADMIN,
          "");

  private static final Map<Scope, String> OF_ALL =
      Map.of(
          Scope.READ,
          """
          getNumberInCrm
          getProfilesCsv getProfilesXlsx listImports getImport listImportRefusals
          getImportRefusalsCsv
          listProfiles getProfile listDuplicateProfiles getProfileTimeline getNumberTimeline
          listProfileNotes getProfileNote listProfileGroups getProfileGroup listProfileFields
          getProfileField getCompany listCompanyWarnings
          listTrunkStates getTrunkState getSettings listExtensionGroups getExtensionGroup listTrunks
          getTrunk listSchedules getSchedule listPrompts getPrompt getPromptAudio listPickupGroups
          getPickupGroup listOutgoingProfiles getOutgoingProfile listEmergencyNumbers
          getEmergencyNumber listMenus getMenu listRingGroups getRingGroup listInboundRoutes
          getInboundRoute
          """,
          Scope.WRITE,
          """
          createImport putImportFormat putImportMapping tryImport runImport cancelImport undoImport
          createProfile updateProfile deleteProfile mergeProfiles setProfilesNotSame
          clearProfilesNotSame createProfileNote updateProfileNote
          deleteProfileNote addProfileNumber createProfileGroup updateProfileGroup
          deleteProfileGroup createProfileField updateProfileField deleteProfileField
          createExtension updateExtension deleteExtension
          putOutDevice setExtensionPassword resetExtensionPassword putCompany
          validateCompany diffCompany putExtensionGroup deleteExtensionGroup putTrunk deleteTrunk
          setTrunkPassword putSchedule deleteSchedule switchSchedule switchScheduleBack putPrompt
          deletePrompt putPromptAudio deletePromptAudio putSettings putPickupGroup deletePickupGroup
          putOutgoingProfile deleteOutgoingProfile putEmergencyNumber deleteEmergencyNumber putMenu
          deleteMenu putRingGroup deleteRingGroup putInboundRoute deleteInboundRoute
          """,
          Scope.CALL,
          "",
          Scope.ADMIN,
          """
          listAudit listKeys createKey deleteKey listUsers createUser getUser updateUser deleteUser
          resetUserPassword listUserSessions endUserSession getUserCodes removeUserCodes
          getUserOpenId putUserOpenId deleteUserOpenId
          listWebhooks getWebhook putWebhook
          deleteWebhook renewWebhookSecret listWebhookDeliveries retryWebhookDelivery
          """);

  /// Of the user who has signed in.
  private static final String OF_USERS =
      """
      getSession signOut getMe putMySettings putMyPassword listMySessions endMySession
      getMyCodes beginCodes confirmCodes renewRecoveryCodes removeMyCodes
      """;

  private static final List<Operation> SECURED =
      Contract.load().operations().stream().filter(Operation::secured).toList();

  @Test
  void eachOperationIsInTheTable() {
    Set<String> table = new TreeSet<>();
    Stream.of(OWN, OF_ALL)
        .flatMap(rows -> rows.values().stream())
        .forEach(row -> table.addAll(names(row)));
    table.addAll(names(OF_USERS));
    assertEquals(
        SECURED.stream().map(Operation::id).collect(Collectors.toCollection(TreeSet::new)), table);
  }

  @Test
  void keyOfNoExtensionMayDoAllThatItsScopeNames() {
    for (Scope scope : Scope.values()) {
      Set<String> expected = names(OWN.getOrDefault(scope, ""));
      expected.addAll(names(OF_ALL.getOrDefault(scope, "")));
      assertEquals(expected, allowed(new Principal("key", Set.of(scope))), scope::toString);
    }
  }

  @Test
  void keyOfAnExtensionMayDoWhatIsItsOwnWhateverItsScopes() {
    Set<String> own = new TreeSet<>();
    for (Scope scope : Scope.values()) {
      Principal one = new Principal("key", Set.of(scope), Optional.of(ZAHRA));
      assertEquals(names(OWN.getOrDefault(scope, "")), allowed(one), scope::toString);
      own.addAll(allowed(one));
    }
    Principal all = new Principal("key", EnumSet.allOf(Scope.class), Optional.of(ZAHRA));
    assertEquals(own, allowed(all));
  }

  @Test
  void refusalsSayWhatIsMissing() {
    Map<String, String> told = new TreeMap<>();
    Principal reads = new Principal("key", Set.of(Scope.READ), Optional.of(ZAHRA));
    for (String id : List.of("getCall", "getTrunk", "makeCall")) {
      told.put(id, Contract.load().operation(id).refusal(reads).orElse("allowed"));
    }
    assertEquals(
        Map.of(
            "getCall",
            "allowed",
            "getTrunk",
            "the key belongs to extension 101, and acts for that one only",
            "makeCall",
            "the key lacks the scope call"),
        told);
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
