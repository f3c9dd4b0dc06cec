package io.tamas.crm;

/// What the values of a field are.
public enum FieldType {
  TEXT,
  NUMBER,
  DATE,
  CHOICE,
  PHONE
}
