// Which square of a picture is shown, and how it is cut out: a phone's photo is larger than the server takes.

const SIDE = 256;

export interface Crop {
  /** From 1: the largest square that fits. */
  readonly zoom: number;
  /** Where the square is in the room that it has, from 0 at the left or top to 1. */
  readonly x: number;
  readonly y: number;
}

export const CENTRE: Crop = { zoom: 1, x: 0.5, y: 0.5 };
export const MOST_ZOOM = 4;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The square, in the picture's own pixels. */
export function squareOf({ width, height }: Size, { zoom, x, y }: Crop) {
  const side = Math.min(width, height) / zoom;
  return { left: (width - side) * x, top: (height - side) * y, side };
}

/** The crop after the picture was pulled. @param right as parts of the square's side, as is `down` */
export function pulled(size: Size, crop: Crop, right: number, down: number): Crop {
  const { side } = squareOf(size, crop);
  const moved = (at: number, by: number, room: number) =>
    room <= 0 ? at : Math.min(1, Math.max(0, at - (by * side) / room));
  return {
    ...crop,
    x: moved(crop.x, right, size.width - side),
    y: moved(crop.y, down, size.height - side),
  };
}

/** Only in a browser. */
export function cutOut(picture: ImageBitmap, crop: Crop): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const { left, top, side } = squareOf(picture, crop);
  canvas.getContext('2d')?.drawImage(picture, left, top, side, side, 0, 0, SIDE, SIDE);
  return new Promise((done, fail) =>
    canvas.toBlob(
      (blob) => (blob ? done(blob) : fail(new Error('The picture could not be drawn.'))),
      'image/jpeg',
      0.88,
    ),
  );
}
