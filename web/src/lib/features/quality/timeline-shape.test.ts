import { expect, test } from 'vitest';
import { aPoint } from './testing/a-point.ts';
import { shapeOf } from './timeline-shape.ts';

test('two lines run from the earliest moment to the latest, the best on top', () => {
  const { sound, picture, troubles } = shapeOf([aPoint(5), aPoint(10, { soundMos: 1 })]);
  expect(sound).toBe('M0 0L300 0L600 100');
  expect(picture).toBe('M0 50L300 50L600 50');
  expect(troubles).toEqual([]);
});

test('a line breaks where there was nothing to see, and where nothing was measured', () => {
  const blind = { pictureMos: null };
  expect(shapeOf([aPoint(5), aPoint(10, blind), aPoint(15)]).picture).toBe('M0 50L200 50M400 50L600 50');
  expect(shapeOf([aPoint(5), aPoint(60)]).sound).toBe('M0 0L50 0M550 0L600 0');
});

test('trouble is marked for as long as it lasted', () => {
  const { troubles } = shapeOf([aPoint(5), aPoint(10, { problems: ['freezes'] })]);
  expect(troubles).toEqual([{ x: 300, width: 300 }]);
});

test('the names of lines that end together keep a distance, within the plot', () => {
  const apart = shapeOf([aPoint(5)]);
  expect([apart.soundEnd, apart.pictureEnd]).toEqual([0, 50]);
  const together = shapeOf([aPoint(5, { pictureMos: 5 })]);
  expect([together.soundEnd, together.pictureEnd]).toEqual([0, 22]);
  const picture = shapeOf([aPoint(5, { soundMos: 1.1, pictureMos: 1.2 })]);
  expect([picture.soundEnd, picture.pictureEnd]).toEqual([100, 78]);
});

test('a timeline of which nothing was heard or seen has no lines', () => {
  const nothing = { soundMos: null, pictureMos: null };
  expect(shapeOf([aPoint(5, nothing)])).toMatchObject({ sound: '', picture: '', soundEnd: null });
  expect(shapeOf([])).toMatchObject({ sound: '', troubles: [] });
});
