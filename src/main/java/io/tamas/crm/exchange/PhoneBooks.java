package io.tamas.crm.exchange;

import io.tamas.crm.ImportedGroups;
import io.tamas.crm.ProfileBulk;
import io.tamas.db.Transaction;

/// Reads the groups and fields of the phone book.
final class PhoneBooks {
  private PhoneBooks() {}

  /// As they stay; others wait with groups of their own.
  static PhoneBook alone(Transaction tx) {
    ImportedGroups.alone(tx);
    return of(tx);
  }

  /// As they stay until the end of the transaction.
  static PhoneBook of(Transaction tx) {
    ProfileBulk bulk = new ProfileBulk(tx);
    return PhoneBook.of(bulk.fields(), bulk.groups(), bulk.users());
  }
}
