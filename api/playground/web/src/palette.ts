/** Colours that can be told apart, and from the paper behind them, in light and dark alike. */
export type Theme = "light" | "dark";
export type Colour = Record<Theme, string>;

/** What a drawing stands on and is written with. */
export const PAPER: Colour = { light: "#ffffff", dark: "#1e242e" };
export const INK: Colour = { light: "#28313d", dark: "#d7dce4" };

export interface Pick {
  colour: Colour;
  /** Which of the shapes. */
  shape: number;
}

type Triple = [number, number, number];
interface Shade {
  lab: Triple;
  linear: Triple;
}

/** WCAG 2.1, 1.4.11 asks 3:1 of what is drawn. */
const CONTRAST = 3.2;
const FIRST_HUE = 245;
const STEP = 15;
const CHROMAS = [0.17, 0.12, 0.075, 0.012];
/** Lightness on light paper, and its counterpart on dark. */
const LEVELS: [number, number][] = [
  [0.38, 0.9],
  [0.45, 0.83],
  [0.52, 0.76],
  [0.59, 0.69],
  [0.66, 0.62],
];

/**
 * Returns as many colours as asked for, always the same ones in the same order: each is, of all that can be read, the
 * one that is farthest in OKLab from those before it, in the theme in which it is nearest to them. Colours that are
 * near to each other get different shapes.
 */
export function paletteOf(count: number, shapes: number): Pick[] {
  const left = candidates();
  const taken = left.splice(0, 1);
  while (taken.length < count && left.length) {
    const room = left.map((one) => Math.min(...taken.map((other) => distance(one, other))));
    taken.push(...left.splice(room.indexOf(Math.max(...room)), 1));
  }
  const shaped: number[] = [];
  for (const [at, one] of taken.entries()) {
    const room = Array.from({ length: shapes }, (_, shape) =>
      Math.min(...taken.slice(0, at).map((other, before) => (shaped[before] === shape ? distance(one, other) : Infinity))),
    );
    shaped.push(room.indexOf(Math.max(...room)));
  }
  return taken.map(({ light, dark }, at) => ({
    colour: { light: hex(light.linear), dark: hex(dark.linear) },
    shape: shaped[at] ?? 0,
  }));
}

function candidates(): Record<Theme, Shade>[] {
  const found: Record<Theme, Shade>[] = [];
  for (const chroma of CHROMAS) {
    for (let turn = 0; turn < 360; turn += STEP) {
      for (const [onLight, onDark] of [...LEVELS].reverse()) {
        const shades = { light: shade(onLight, chroma, FIRST_HUE + turn), dark: shade(onDark, chroma, FIRST_HUE + turn) };
        if (contrast(shades.light, PAPER.light) < CONTRAST || contrast(shades.dark, PAPER.dark) < CONTRAST) continue;
        found.push(shades);
      }
    }
  }
  return found;
}

function distance(one: Record<Theme, Shade>, other: Record<Theme, Shade>): number {
  return Math.min(between(one.light.lab, other.light.lab), between(one.dark.lab, other.dark.lab));
}

function between([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
}

/** The colour of that lightness and hue, with as much of the chroma as a screen can show. */
function shade(lightness: number, chroma: number, hue: number): Shade {
  const angle = (hue * Math.PI) / 180;
  for (let c = chroma; ; c -= 0.005) {
    const lab: Triple = [lightness, Math.max(c, 0) * Math.cos(angle), Math.max(c, 0) * Math.sin(angle)];
    const linear = linearOf(lab);
    if (c <= 0 || linear.every((part) => part >= 0 && part <= 1)) return { lab, linear };
  }
}

/** OKLab to linear sRGB (Ottosson, "A perceptual color space for image processing"). */
function linearOf([l, a, b]: Triple): Triple {
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

function hex(linear: Triple): string {
  const parts = linear.map((part) => (part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055));
  return `#${parts.map((part) => Math.round(255 * Math.min(Math.max(part, 0), 1)).toString(16).padStart(2, "0")).join("")}`;
}

function contrast({ linear }: Shade, paper: string): number {
  const behind = [1, 3, 5].map((at) => {
    const part = Number.parseInt(paper.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const [low, high] = [luminance(linear), luminance(behind as Triple)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance([red, green, blue]: Triple): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
