import { readSchema } from '../schema-files.ts';

/** Where a row about a person begins: who signs in, who belongs to an organization, who is looked after. */
const PEOPLE = ['User', 'Membership', 'Patient'];
/** A column that names a person without a foreign key, as those of the audit trail. */
const NAMES_A_PERSON = /^(\w*[uU]ser|\w*[pP]atient|\w*[sS]eat|\w*[bB]y)Id$/;

/**
 * Every model of the schema whose rows are about a person: it names one in a column, or belongs to something that does.
 * Models of later migrations are found by themselves.
 */
export async function modelsAboutPeople(): Promise<string[]> {
  const { files } = await readSchema();
  const models = files.flatMap(({ content }) => [...content.matchAll(/^model (\w+) \{([^}]*)\}/gm)]);
  const bodies = new Map(models.map(([, name = '', body = '']) => [name, body]));
  const about = new Set(PEOPLE);
  for (let before = 0; before !== about.size;) {
    before = about.size;
    for (const [name, body] of bodies) if (isAboutOne(body, about)) about.add(name);
  }
  return [...about].sort();
}

function isAboutOne(body: string, about: ReadonlySet<string>): boolean {
  const lines = body.split('\n').map((line) => line.trim().split(/\s+/));
  return lines.some(([field = '', type = '', ...rest]) => {
    const pointsAt = rest.join(' ').includes('@relation(') && rest.join(' ').includes('fields:');
    return NAMES_A_PERSON.test(field) || (pointsAt && about.has(type.replace('?', '')));
  });
}
