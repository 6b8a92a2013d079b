export const characters: string;
