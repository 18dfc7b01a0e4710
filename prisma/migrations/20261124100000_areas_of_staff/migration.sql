-- For which departments and locations a member of staff works (docs/adr/0022-roles-and-departments.md). Without a row it is
-- the whole organization, so that neither a department nor a location goes while somebody is kept to it.
CREATE TABLE membership_area (
  id UUID NOT NULL DEFAULT uuidv7(),
  organization_id UUID NOT NULL,
  user_id UUID NOT NULL,
  department_id UUID,
  location_id UUID,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT membership_area_pkey PRIMARY KEY (id),
  CONSTRAINT membership_area_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id)
    REFERENCES membership (organization_id, user_id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT membership_area_organization_id_department_id_fkey FOREIGN KEY (organization_id, department_id)
    REFERENCES department (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT membership_area_organization_id_location_id_fkey FOREIGN KEY (organization_id, location_id)
    REFERENCES location (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT membership_area_is_one_place CHECK (num_nonnulls(department_id, location_id) = 1)
);
CREATE UNIQUE INDEX membership_area_organization_id_user_id_department_id_key
  ON membership_area (organization_id, user_id, department_id);
CREATE UNIQUE INDEX membership_area_organization_id_user_id_location_id_key
  ON membership_area (organization_id, user_id, location_id);
CREATE INDEX membership_area_organization_id_department_id_idx ON membership_area (organization_id, department_id);
CREATE INDEX membership_area_organization_id_location_id_idx ON membership_area (organization_id, location_id);

SELECT keep_to_tenant('membership_area');
