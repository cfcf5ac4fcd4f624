/** The reports of an audit, each loaded when it is asked for. */
import type { AuditReport } from './report.ts';

export const auditReports = {
  html: async (): Promise<AuditReport> => (await import('./html/page.ts')).htmlReport,
  json: async (): Promise<AuditReport> => (await import('./audit-json.ts')).jsonReport,
  text: async (): Promise<AuditReport> => (await import('./audit-text.ts')).textReport,
  sarif: async (): Promise<AuditReport> => (await import('./sarif/sarif.ts')).sarifReport,
  markdown: async (): Promise<AuditReport> => (await import('./audit-markdown.ts')).markdownReport,
} as const;
