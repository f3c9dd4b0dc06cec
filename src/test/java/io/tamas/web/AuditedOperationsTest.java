package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Each operation that is not GET is in the audit log, or it is said here why it is not. What a row
/// says is tested beside each feature.
class AuditedOperationsTest {
  private static final String AUDITED =
      """
      createKey deleteKey signIn signOut putMySettings putMyPassword endMySession createUser
      updateUser deleteUser resetUserPassword endUserSession putWebhook deleteWebhook
      putUserOpenId deleteUserOpenId renewWebhookSecret undo createCallProfile renameRecording deleteRecording markVoicemail
      deleteVoicemail confirmCodes renewRecoveryCodes removeMyCodes removeUserCodes
      createProfile updateProfile deleteProfile mergeProfiles setProfilesNotSame clearProfilesNotSame
      addProfileNumber createProfileNote updateProfileNote
      deleteProfileNote createProfileGroup updateProfileGroup deleteProfileGroup createProfileField
      updateProfileField deleteProfileField createExtension updateExtension deleteExtension
      setAvailability setExtensionPassword resetExtensionPassword putCompany putExtensionGroup deleteExtensionGroup
      putTrunk deleteTrunk setTrunkPassword putSchedule deleteSchedule switchSchedule
      switchScheduleBack putPrompt deletePrompt putPromptAudio deletePromptAudio putSettings
      putPickupGroup deletePickupGroup putOutgoingProfile deleteOutgoingProfile putEmergencyNumber
      deleteEmergencyNumber putMenu deleteMenu putRingGroup deleteRingGroup putInboundRoute
      deleteInboundRoute runImport cancelImport undoImport
      """;

  private static final Map<String, String> NOT_AUDITED =
      Map.of(
          "changes nothing",
          "simulateCall validateCompany diffCompany",
          "is in the record of the call, and in its journal",
          """
          makeCall hangUpCall transferCall completeTransfer cancelTransfer parkCall holdCall
          resumeCall startRecording stopRecording pauseRecording resumeRecording setCallProfile
          clearCallProfile
          """,
          "is an act upon what is kept elsewhere",
          "retryWebhookDelivery putOutDevice createTicket",
          "changes nothing of the phone book",
          "createImport putImportFormat putImportMapping tryImport",
          "counts for nothing until it is confirmed",
          "beginCodes");

  @Test
  void noOperationIsForgotten() {
    Set<String> changing = new TreeSet<>();
    for (Operation operation : Contract.load().operations()) {
      if (!operation.method().equals("GET")) {
        changing.add(operation.id());
      }
    }
    Set<String> listed = new TreeSet<>(List.of(AUDITED.strip().split("\\s+")));
    NOT_AUDITED.values().forEach(row -> listed.addAll(List.of(row.strip().split("\\s+"))));
    assertEquals(changing, listed);
  }
}
